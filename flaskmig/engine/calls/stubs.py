"""SQLAlchemy objects made from the arguments of a call, for the reader to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.schema import SchemaItem

from flaskmig.engine.migrating.migration import Migration
from flaskmig.operations import CreateEnum, CreateSequence
from flaskmig.schema import Table

DIALECTS = ("postgresql", "sqlite", "mysql", "mariadb", "mssql", "oracle")


def new_table(
    name: str, schema: str | None, items: Iterable[SchemaItem], options: Mapping[str, Any]
) -> sa.Table:
    """A table in a MetaData of its own, with a stand-in for each table that it refers to."""
    metadata = sa.MetaData()
    table = sa.Table(name, metadata, *items, schema=schema, **options)
    for key in list(table.foreign_keys):
        _stand_in(metadata, key)
    return table


def with_columns(name: str, schema: str | None, columns: Iterable[str]) -> sa.Table:
    """A table of which nothing is known but the names of some columns."""
    distinct = dict.fromkeys(columns)
    return sa.Table(name, sa.MetaData(), *(sa.Column(column) for column in distinct), schema=schema)


def read(migration: Migration, table: sa.Table) -> Table:
    """The table as the model has it; native enums and sequences that it needs are made first.

    SQLAlchemy makes the type together with the first table that uses it, and people's files
    count on that.
    """
    for enum in migration.reader.enums(table):
        if migration.before.find_enum(enum.name) is None:
            migration.run(CreateEnum(enum=enum))
    for sequence in migration.reader.sequences(table):
        if migration.before.find_sequence(sequence.name) is None:
            migration.run(CreateSequence(sequence=sequence))
    return migration.reader.table(table)


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that have a value: a construct may not know the ones that have none."""
    return {name: value for name, value in options.items() if value is not None}


def construct_options(
    migration: Migration, call: str, options: Mapping[str, Any], known: Sequence[str] = ()
) -> dict[str, Any]:
    """The options that SQLAlchemy's constructs know: ``<dialect>_…`` ones and those ``known``.

    The others have no effect on any database, and old files have typing errors among them that
    nobody noticed: they are noted once and left out.
    """
    kept = {}
    for name, value in options.items():
        if name in known or name.split("_", 1)[0] in DIALECTS:
            kept[name] = value
        else:
            migration.warn_once(f"op.{call}() knows no {name}= and leaves it out")
    return kept


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
