"""What ``batch_alter_table`` is told about the table as it is to be after a rebuild."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls import columns, stubs, tables
from flaskmig.engine.migrating.migration import Migration
from flaskmig.operations import AddConstraint, CreateIndex, Operation
from flaskmig.schema import Constraint, Table

_NO_EFFECT = ("info", "extend_existing", "keep_existing", "quote")


def add_missing(
    migration: Migration, table_name: str, schema: str | None, args: Sequence[Any]
) -> None:
    """Add the columns, constraints and indexes among ``args`` that the table does not have."""
    name = migration.name(table_name, schema)
    known = migration.table(name)
    for item in args:
        if isinstance(item, sa.Column) and not known.has_column(item.name):
            columns.add_column(table_name, item, schema=schema)
    items = [item for item in args if isinstance(item, sa.Constraint | sa.Index)]
    taken = [item for item in args if isinstance(item, sa.Column)]
    if len(items) + len(taken) < len(args):
        migration.warn_once(
            "batch_alter_table() takes columns, constraints and indexes from table_args= and "
            "leaves the rest out"
        )
    if not items:
        return
    table = migration.table(name)
    known_columns: list[sa.Column[Any]] = [sa.Column(column.name) for column in table.columns]
    # No naming convention: these names, and that there is none, are the file's own words.
    sa.Table(table_name, sa.MetaData(), *known_columns, *items, schema=schema)
    constraints = [
        migration.reader.constraint(item) for item in items if isinstance(item, sa.Constraint)
    ]
    indexes = [migration.reader.index(item) for item in items if isinstance(item, sa.Index)]
    operations: list[Operation] = [
        AddConstraint(table=name, constraint=constraint)
        for constraint in not_there(migration, table, constraints)
    ]
    here = {index.name for index in table.indexes}
    operations += [
        CreateIndex(table=name, index=index) for index in indexes if index.name not in here
    ]
    migration.run(*operations)


def not_there(
    migration: Migration, table: Table, wanted: Sequence[Constraint]
) -> Iterator[Constraint]:
    """Those of the constraints that the table does not have, under this name or another."""
    for constraint in wanted:
        if migration.find_alike(table, constraint) is None:
            yield constraint


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
        columns.alter_column(
            table_name,
            key[0],
            schema=schema,
            autoincrement=wanted,
            existing_autoincrement=not wanted,
        )
