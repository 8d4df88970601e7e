"""SQLAlchemy objects made from the arguments of a call, for the reader to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.schema import SchemaItem

from flaskmig.engine.migrating.migration import Migration, current
from flaskmig.engine.models.conventions import sole_metadata
from flaskmig.engine.models.metadata import DEFAULT_SCHEMAS
from flaskmig.operations import CreateEnum, CreateSequence
from flaskmig.schema import Table

DIALECTS = ("postgresql", "sqlite", "mysql", "mariadb", "mssql", "oracle")


def new_table(
    name: str, schema: str | None, items: Iterable[SchemaItem], options: Mapping[str, Any]
) -> sa.Table:
    """A table in a MetaData of its own, with a stand-in for each table that it refers to.

    What has a table already is copied: files take columns from one that they made before.
    """
    metadata = new_metadata()
    table = sa.Table(name, metadata, schema=schema, **options)
    for item in sorted(items, key=lambda each: not isinstance(each, sa.Column)):
        _take(table, item)
    for key in list(table.foreign_keys):
        _stand_in(metadata, key)
    return table


def with_columns(
    name: str, schema: str | None, columns: Iterable[str], beside: sa.Table | None = None
) -> sa.Table:
    """A table of which nothing is known but the names of some columns.

    It is in the MetaData of ``beside``, and that table itself where it is of the same name.
    """
    metadata = new_metadata() if beside is None else beside.metadata
    table = sa.Table(name, metadata, schema=schema, extend_existing=True)
    for column in dict.fromkeys(columns):
        if column not in table.c:
            table.append_column(sa.Column(column))
    return table


def new_metadata() -> sa.MetaData:
    """An empty MetaData that names constraints as the models of the running migration do."""
    models = sole_metadata(current().setting.options.get("target_metadata"))
    return sa.MetaData(naming_convention=models.naming_convention if models is not None else None)


def read(migration: Migration, table: sa.Table) -> Table:
    """The table as the model has it; native enums and sequences that it needs are made first."""
    make_types(migration, table)
    return migration.reader.table(table)


def make_types(migration: Migration, table: sa.Table) -> None:
    """Make the native enums and the sequences that the table needs and that are not there.

    SQLAlchemy makes the type together with the first table that uses it, and people's files
    count on that.
    """
    for enum in migration.reader.enums(table):
        if migration.before.find_enum(enum.name) is None:
            migration.run(CreateEnum(enum=enum))
    for sequence in migration.reader.sequences(table):
        if migration.before.find_sequence(sequence.name) is None:
            migration.run(CreateSequence(sequence=sequence))


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that have a value: a construct may not know the ones that have none."""
    return {name: value for name, value in options.items() if value is not None}


def construct_options(
    migration: Migration, call: str, options: Mapping[str, Any], known: Sequence[str] = ()
) -> dict[str, Any]:
    """The options that have a meaning here: ``<dialect>_…`` ones and those ``known``.

    Those of other databases go without a word. What is left has no effect on any database, and
    old files have typing errors that nobody noticed: it is noted once and left out.
    """
    kept = {}
    unknown = []
    for name, value in options.items():
        dialect = name.split("_", 1)[0]
        if name in known or dialect in DEFAULT_SCHEMAS:
            kept[name] = value
        elif dialect not in DIALECTS:
            unknown.append(f"{name}=")
    if unknown:
        them = "it" if len(unknown) == 1 else "them"
        migration.warn_once(f"op.{call}() knows no {', '.join(unknown)} and leaves {them} out")
    return kept


def _take(table: sa.Table, item: SchemaItem) -> None:
    # A column and an index have a table, a constraint has a parent.
    parent = item.table if isinstance(item, sa.Column | sa.Index) else getattr(item, "parent", None)
    is_owned = isinstance(parent, sa.Table) and parent is not table
    match item:
        case sa.Column():
            table.append_column(item._copy() if is_owned else item)
        case sa.Index():
            table.append_constraint(_copied_index(item) if is_owned else item)
        case sa.Constraint():
            # What a column's type makes, it has made for this table already.
            if not item._type_bound:
                table.append_constraint(item._copy(target_table=table) if is_owned else item)
        case _:
            item._set_parent_with_dispatch(table)


def _copied_index(index: sa.Index) -> sa.Index:
    parts = [each.name if isinstance(each, sa.Column) else each for each in index.expressions]
    return sa.Index(index.name, *parts, unique=index.unique, **index.dialect_kwargs)


def _stand_in(metadata: sa.MetaData, key: sa.ForeignKey) -> None:
    target = key.target_fullname.split(".")
    if len(target) < 2:
        return
    column, table, schema = target[-1], target[-2], ".".join(target[:-2]) or None
    name = f"{schema}.{table}" if schema else table
    found = metadata.tables.get(name)
    if found is None:
        sa.Table(table, metadata, sa.Column(column), schema=schema)
    elif column not in found.c and found is not key.parent.table:
        found.append_column(sa.Column(column))
