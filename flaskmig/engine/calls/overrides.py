"""``reflect_args`` and ``reflect_kwargs``: parts of a table that are not as the database says.

The table is read, and made twice as a `sqlalchemy.Table`: as it is, and as it is told to be.
What differs between the two is changed. What such an object has no place for is in neither, and
stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls import stubs, table_arguments
from flaskmig.engine.migrating.migration import Migration, current
from flaskmig.engine.models.rebuilt import Rebuilt
from flaskmig.operations import AddConstraint, AlterColumn, DropColumn, Operation
from flaskmig.schema import Column, QualifiedName, Schema, Table

Listener = Callable[[Any, Any, dict[str, Any]], None]


def apply(
    migration: Migration, name: QualifiedName, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> None:
    """Change the table where it is told to be otherwise than it is."""
    table = migration.table(name)
    listeners = [function for event, function in kwargs.get("listeners", ()) if _is_heard(event)]
    plain, told = _twice(table, args, listeners)
    migration.run(*_changes(migration, table, plain, told))
    shown = kwargs.get("include_columns")
    if shown is not None:
        for column in table.columns:
            if column.name not in shown:
                migration.warn_once(f"what include_columns= does not have goes: {column.name}")
                migration.run(DropColumn(table=name, column=column))
    options = {option: value for option, value in kwargs.items() if option not in _OF_READING}
    table_arguments.set_options(migration, name.name, name.schema, options)


# What only says how the table is to be read.
_OF_READING = (
    "listeners",
    "include_columns",
    "autoload_with",
    "autoload_replace",
    "resolve_fks",
    "extend_existing",
    "keep_existing",
    "must_exist",
    "quote",
    "quote_schema",
    "implicit_returning",
    "info",
)


def _is_heard(event: str) -> bool:
    return event == "column_reflect"


def _twice(
    table: Table, args: Sequence[Any], listeners: Sequence[Listener]
) -> tuple[sa.Table, sa.Table]:
    plain = Rebuilt(Schema(tables=(table,))).table(table.name)
    assert plain is not None
    given = {item.name: item for item in args if isinstance(item, sa.Column)}
    columns = []
    for column in plain.columns:
        said = given.get(column.name)
        columns.append(said if said is not None else _heard(table, column, listeners))
    constraints = [item for item in args if isinstance(item, sa.Constraint)]
    items = [*columns, *constraints]
    return plain, sa.Table(table.name.name, sa.MetaData(), *items, schema=table.name.schema)


def _heard(table: Table, column: sa.Column[Any], listeners: Sequence[Listener]) -> sa.Column[Any]:
    """The column as the listeners leave what they are told of it."""
    default = column.server_default
    said: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "nullable": column.nullable,
        "default": str(default.arg) if isinstance(default, sa.DefaultClause) else None,
        "autoincrement": "auto",
        "comment": column.comment,
    }
    before = dict(said)
    owner = sa.table(table.name.name, schema=table.name.schema)
    for listener in listeners:
        listener(_Inspector(), owner, said)
    copy: sa.Column[Any] = column._copy()
    copy.type = sa.types.to_instance(said["type"])
    copy.nullable = bool(said["nullable"])
    if said["default"] != before["default"]:
        copy.server_default = None
        if said["default"] is not None:
            copy = sa.Column(
                column.name,
                copy.type,
                server_default=sa.text(str(said["default"])),
                nullable=copy.nullable,
            )
    return copy


class _Inspector:
    """SQLAlchemy's inspector of the database, made where a listener asks it something."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sa.inspect(current().connection()), name)


def _changes(
    migration: Migration, table: Table, plain: sa.Table, told: sa.Table
) -> Iterator[Operation]:
    before = {column.name: column for column in stubs.read(migration, plain).columns}
    after = stubs.read(migration, told)
    for column in after.columns:
        owned = table.column(column.name)
        changed = _with_changes(owned, before[column.name], column)
        if changed != owned:
            yield AlterColumn(table=table.name, before=owned, after=changed)
    for constraint in table_arguments.not_there(migration, table, after.constraints):
        yield AddConstraint(table=table.name, constraint=constraint)


def _with_changes(owned: Column, before: Column, after: Column) -> Column:
    """The column with what differs between the two."""
    differing = {
        field.name: getattr(after, field.name)
        for field in fields(Column)
        if field.compare and getattr(before, field.name) != getattr(after, field.name)
    }
    if "default" in differing:
        differing["default_source"] = after.default_source
    return replace(owned, **differing)
