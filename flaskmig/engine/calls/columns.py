"""Calls about columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, TypeAlias

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from flaskmig.engine.calls import stubs
from flaskmig.engine.migrating.migration import Migration, current
from flaskmig.engine.models.columns import conflict_action
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    DropColumn,
    Operation,
    RenameColumn,
)
from flaskmig.schema import Column, PrimaryKey, QualifiedName, Table, Type

AnyType: TypeAlias = TypeEngine[Any] | type[TypeEngine[Any]]
NOT_GIVEN: Literal[False] = False
UNKNOWN = Type(sql="")


def add_column(
    table_name: str,
    column: sa.Column[Any],
    *,
    schema: str | None = None,
    if_not_exists: bool | None = None,
    inline_references: bool | None = None,
    inline_primary_key: bool | None = None,
    backfill: Any = None,
) -> None:
    """Add a column, and the constraints and indexes that it brings along.

    ``backfill`` is an SQL expression for the rows that are there already; a plain string is a
    value. ``inline_references`` and ``inline_primary_key`` are accepted and change nothing.
    """
    migration = current()
    name = migration.name(table_name, schema)
    if if_not_exists and migration.table(name).has_column(column.name):
        return
    table = stubs.read(migration, stubs.new_table(table_name, schema, [column], {}))
    added = table.columns[0]
    operations: list[Operation] = [
        AddColumn(table=name, column=added, backfill=migration.reader.default(backfill))
    ]
    operations += [
        AddConstraint(table=name, constraint=constraint)
        for constraint in table.constraints
        if not isinstance(constraint, PrimaryKey)
    ]
    operations += [CreateIndex(table=name, index=index) for index in table.indexes]
    migration.run(*operations)


def drop_column(
    table_name: str,
    column_name: str,
    *,
    schema: str | None = None,
    if_exists: bool | None = None,
    **_: Any,
) -> None:
    """Drop a column and its values."""
    migration = current()
    name = migration.name(table_name, schema)
    if if_exists and not migration.table(name).has_column(column_name):
        return
    known = migration.glimpse(name)
    column = known.column(column_name) if known else Column(name=column_name, type=UNKNOWN)
    migration.run(DropColumn(table=name, column=column))


def alter_column(
    table_name: str,
    column_name: str,
    *,
    nullable: bool | None = None,
    comment: str | Literal[False] | None = NOT_GIVEN,
    server_default: Any = NOT_GIVEN,
    new_column_name: str | None = None,
    type_: AnyType | None = None,
    existing_type: AnyType | None = None,
    existing_server_default: Any = NOT_GIVEN,
    existing_nullable: bool | None = None,
    existing_comment: str | None = None,
    schema: str | None = None,
    autoincrement: bool | Literal["auto"] | None = None,
    existing_autoincrement: bool | Literal["auto"] | None = None,
    using: str | None = None,
    postgresql_using: str | None = None,
    backfill: Any = None,
    **options: Any,
) -> None:
    """Change a column; what is not given stays. False is "not given" where None means "drop".

    ``using`` is the SQL expression that makes the new value where the type changes, on either
    database, ``postgresql_using`` is one for PostgreSQL alone. ``backfill`` is an SQL
    expression for the rows without a value where the column becomes NOT NULL; a plain string is
    a value. ``sqlite_on_conflict_not_null`` is what SQLite does on a NULL instead of failing.

    What the ``existing_…`` arguments say is only used where it spares a look at the database:
    they are not always right in files that people wrote.
    """
    migration = current()
    known = stubs.construct_options(migration, "alter_column", options)
    on_null = known.get("sqlite_on_conflict_not_null", NOT_GIVEN)
    if backfill is not None and nullable is not False:
        migration.warn_once("op.alter_column() leaves backfill= out without nullable=False")
    name = migration.name(table_name, schema)
    change = _Change(migration, nullable, comment, server_default, type_, autoincrement, on_null)
    existing = _Existing(
        existing_type, existing_server_default, existing_nullable, existing_comment
    )
    before = _before(migration, name, column_name, change, existing)
    after = change.of(before)
    operations: list[Operation] = []
    if after != before:
        change_to = AlterColumn(table=name, before=before, after=after)
        if after.type != before.type:
            if using is None and migration.dialect.name == "postgresql":
                using = postgresql_using
            change_to = replace(change_to, using=using)
        if change_to.becomes_required:
            change_to = replace(change_to, backfill=migration.reader.default(backfill))
        operations.append(change_to)
    if new_column_name is not None and new_column_name != column_name:
        rename = RenameColumn(table=name, before=before.name, after=new_column_name)
        table = migration.glimpse(name)
        operations.append(rename.rewriting(table, migration.rename_in) if table else rename)
    migration.run(*operations)


class _Existing:
    """What a call says of the column as it is."""

    def __init__(
        self, type_: AnyType | None, default: Any, nullable: bool | None, comment: str | None
    ) -> None:
        self.type = type_
        self.default = default
        self.nullable = nullable
        self.comment = comment


class _Change:
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


def _before(
    migration: Migration,
    table: QualifiedName,
    name: str,
    change: _Change,
    existing: _Existing,
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


def _supposed(migration: Migration, name: str, change: _Change, existing: _Existing) -> Column:
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
