"""What ``batch_alter_table`` is told about the table as it is to be after a rebuild."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls import columns, stubs, tables
from flaskmig.engine.migrating.migration import Migration
from flaskmig.operations import AddConstraint, CreateIndex, Operation
from flaskmig.schema import QualifiedName

_NO_EFFECT = ("info", "extend_existing", "keep_existing", "quote")


def add_missing(
    migration: Migration, table_name: str, schema: str | None, args: Sequence[Any]
) -> None:
    """Add the constraints and indexes among ``args`` that the table does not have."""
    items = [item for item in args if isinstance(item, sa.Constraint | sa.Index)]
    if len(items) < len(args):
        migration.warn_once(
            "batch_alter_table() takes constraints and indexes from table_args= and leaves the "
            "rest out"
        )
    if not items:
        return
    name = migration.name(table_name, schema)
    known: list[sa.Column[Any]] = [
        sa.Column(column.name) for column in migration.table(name).columns
    ]
    made = stubs.new_table(table_name, schema, [*known, *items], {})
    migration.run(*_missing(migration, name, made, items))


def _missing(
    migration: Migration,
    name: QualifiedName,
    made: sa.Table,
    items: Sequence[sa.Constraint | sa.Index],
) -> list[Operation]:
    table = migration.table(name)
    missing: list[Operation] = []
    for item in items:
        if isinstance(item, sa.Index):
            index = migration.reader.index(item)
            if all(known.name != index.name for known in table.indexes):
                missing.append(CreateIndex(table=name, index=index))
            continue
        constraint = migration.reader.constraint(item)
        if migration.find_alike(table, constraint) is None:
            missing.append(AddConstraint(table=name, constraint=constraint))
    return missing


def set_options(
    migration: Migration, table_name: str, schema: str | None, options: Mapping[str, Any]
) -> None:
    """Give the table the options of this database among ``options``; others are warned about."""
    mine: dict[str, Any] = {}
    for option, value in options.items():
        dialect = option.partition("_")[0]
        if option == "sqlite_autoincrement" and migration.dialect.name == "sqlite":
            _set_autoincrement(migration, table_name, schema, bool(value))
        elif option == "comment":
            tables.create_table_comment(table_name, value, schema=schema)
        elif dialect == migration.dialect.name:
            mine[option] = value
        elif option not in _NO_EFFECT and dialect not in stubs.DIALECTS:
            migration.warn_once(
                f"batch_alter_table() knows no table option {option} and leaves it out"
            )
    if mine:
        tables.alter_table(table_name, schema=schema, **mine)


def _set_autoincrement(
    migration: Migration, table_name: str, schema: str | None, wanted: bool
) -> None:
    table = migration.table(migration.name(table_name, schema))
    key = table.primary_key.columns if table.primary_key else ()
    if len(key) == 1 and table.column(key[0]).autoincrement != wanted:
        columns.alter_column(table_name, key[0], schema=schema, autoincrement=wanted)
