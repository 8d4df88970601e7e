"""What ``alter_column`` wants of a column, and what the column is like before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, TypeAlias

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from flaskmig.engine.calls import stubs
from flaskmig.engine.migrating.migration import Migration
from flaskmig.engine.models.columns import conflict_action
from flaskmig.schema import Column, QualifiedName, Table, Type

AnyType: TypeAlias = TypeEngine[Any] | type[TypeEngine[Any]]
NOT_GIVEN: Literal[False] = False
UNKNOWN = Type(sql="")


class Existing:
    """What a call says of the column as it is."""

    def __init__(
        self, type_: AnyType | None, default: Any, nullable: bool | None, comment: str | None
    ) -> None:
        self.type = type_
        self.default = default
        self.nullable = nullable
        self.comment = comment


class Change:
    """What a call wants of a column."""

    def __init__(
        self,
        migration: Migration,
        nullable: bool | None,
        comment: str | Literal[False] | None,
        default: Any,
        type_: AnyType | None,
        autoincrement: bool | Literal["auto"] | None,
        on_null: str | Literal[False] | None,
    ) -> None:
        self.migration = migration
        self.nullable = nullable
        self.comment = comment if migration.dialect.name != "sqlite" else NOT_GIVEN
        self.default = default
        self.type = type_
        self.autoincrement = autoincrement
        self.on_null = on_null if migration.dialect.name == "sqlite" else NOT_GIVEN

    @property
    def is_simple(self) -> bool:
        """Whether PostgreSQL's statement for it is the same whatever the column is like now."""
        plain_default = self.default is NOT_GIVEN or _is_plain(self.default)
        return self.type is None and self.autoincrement is None and plain_default

    def of(self, before: Column) -> Column:
        """The column after the change."""
        after = before
        if self.type is not None:
            after = self._with_type(after, self.type)
        if self.nullable is not None:
            on_null = None if self.nullable else after.on_null
            after = replace(after, nullable=self.nullable, on_null=on_null)
        if self.on_null is not False:
            after = replace(after, on_null=conflict_action(self.on_null))
        if self.comment is not False:
            after = replace(after, comment=self.comment)
        if self.default is not NOT_GIVEN:
            after = self._with_default(after)
        if isinstance(self.autoincrement, bool):
            after = replace(after, autoincrement=self.autoincrement)
        return after

    def _with_type(self, column: Column, type_: AnyType) -> Column:
        stub = stubs.new_table("t", None, [sa.Column(column.name, type_)], {})
        read = stubs.read(self.migration, stub).columns[0]
        return replace(column, type=read.type, collation=read.collation)

    def _with_default(self, column: Column) -> Column:
        """A default, an identity or a generated expression: one of them, or none."""
        stub = sa.Column(column.name, sa.Integer())
        if isinstance(self.default, sa.Identity | sa.Computed):
            stub = sa.Column(column.name, sa.Integer(), self.default)
        elif self.default is not None:
            stub = sa.Column(column.name, sa.Integer(), server_default=self.default)
        read = self.migration.reader.column(stub)
        return replace(
            column,
            default=read.default,
            default_source=read.default_source,
            identity=read.identity,
            generated=read.generated,
        )


def _is_plain(default: Any) -> bool:
    """Whether it is given, and an expression or a value."""
    given = default is not None and default is not NOT_GIVEN
    return given and not isinstance(default, sa.Identity | sa.Computed)


def column_before(
    migration: Migration,
    table: QualifiedName,
    name: str,
    change: Change,
    existing: Existing,
) -> Column:
    known = migration.glimpse(table)
    if known is None and change.is_simple:
        return _supposed(migration, name, change, existing)
    found = known or migration.table(table)
    return _told_apart(found, name, migration)


def _told_apart(table: Table, name: str, migration: Migration) -> Column:
    """The column; names in SQLite are alike whatever their case."""
    if migration.dialect.name == "sqlite" and not table.has_column(name):
        for column in table.columns:
            if column.name.lower() == name.lower():
                return column
    return table.column(name)


def _supposed(migration: Migration, name: str, change: Change, existing: Existing) -> Column:
    """A column that differs from what is wanted in just what the call gives.

    PostgreSQL's ALTER COLUMN for these does not depend on what was there before.
    """
    type_ = (
        UNKNOWN
        if existing.type is None
        else migration.reader.type(sa.types.to_instance(existing.type))
    )
    nullable = existing.nullable
    if change.nullable is not None:
        nullable = not change.nullable
    comment = existing.comment
    if change.comment is not False:
        comment = "" if change.comment != "" else None
    default = None
    if change.default is NOT_GIVEN and _is_plain(existing.default):
        default = migration.reader.default(existing.default)
    return Column(
        name=name,
        type=type_,
        nullable=nullable is not False,
        comment=comment,
        default=default,
    )
