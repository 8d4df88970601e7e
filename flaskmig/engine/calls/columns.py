"""Calls about columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import sqlalchemy as sa

from flaskmig.engine.calls import stubs
from flaskmig.engine.calls.column_change import (
    NOT_GIVEN,
    UNKNOWN,
    AnyType,
    Change,
    Existing,
    column_before,
)
from flaskmig.engine.calls.spellings import spelled
from flaskmig.engine.migrating.migration import Migration, current
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    DropColumn,
    DropConstraint,
    Operation,
    RenameColumn,
)
from flaskmig.schema import Check, Column, Constraint, PrimaryKey, QualifiedName, Table
from flaskmig.sql import names

# What people say of a column that goes, in a batch block above all.
_OF_A_DROPPED_COLUMN = (
    "existing_type",
    "existing_nullable",
    "existing_server_default",
    "existing_comment",
)


@spelled(then=["schema"])
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
    value. Without ``inline_primary_key`` a column that says ``primary_key=True`` becomes none.
    ``inline_references`` is accepted and changes nothing.
    """
    migration = current()
    name = migration.name(table_name, schema)
    is_there = bool(if_not_exists) and _has_column(migration, name, column.name)
    if is_there and not _takes_condition(migration):
        return
    table = stubs.read(migration, stubs.new_table(table_name, schema, [column], {}))
    added = table.columns[0]
    adding = AddColumn(table=name, column=added, backfill=migration.reader.default(backfill))
    operations: list[Operation] = [adding]
    if if_not_exists and _takes_condition(migration):
        migration.run_if_needed(adding, not is_there)
        if is_there:
            return
        operations = []
    operations += [
        AddConstraint(table=name, constraint=constraint)
        for constraint in table.constraints
        if inline_primary_key or not isinstance(constraint, PrimaryKey)
    ]
    operations += [CreateIndex(table=name, index=index) for index in table.indexes]
    migration.run(*operations)


@spelled(then=["schema"])
def drop_column(
    table_name: str,
    column_name: str,
    *,
    schema: str | None = None,
    if_exists: bool | None = None,
    **options: Any,
) -> None:
    """Drop a column and its values, and the constraints and indexes that are about it alone.

    A CHECK without a name goes with the column that it uses, as PostgreSQL has it
    (https://www.postgresql.org/docs/current/sql-altertable.html, DROP COLUMN); a file has no
    way to drop it before. So does the one that ``existing_type`` brings along.
    """
    migration = current()
    stubs.construct_options(migration, "drop_column", options, _OF_A_DROPPED_COLUMN)
    name = migration.name(table_name, schema)
    if if_exists:
        is_there = _has_column(migration, name, column_name)
        dropping = DropColumn(table=name, column=Column(name=column_name, type=UNKNOWN))
        if _takes_condition(migration):
            migration.run_if_needed(dropping, is_there)
            return
        if not is_there:
            return
    known = migration.glimpse(name)
    column = known.column(column_name) if known else Column(name=column_name, type=UNKNOWN)
    checks: list[Operation] = []
    if known and migration.dialect.name == "sqlite":
        nameless = _nameless_checks(known, column_name)
        checks += [DropConstraint(table=name, constraint=check) for check in nameless]
        of_type = _checks_to_drop(migration, name, column, options.get("existing_type"))
        checks += [check for check in of_type if check not in checks]
    migration.run(*checks, DropColumn(table=name, column=column))


def _nameless_checks(table: Table, column: str) -> list[Check]:
    """The CHECKs without a name that use a column."""
    return [
        constraint
        for constraint in table.constraints
        if isinstance(constraint, Check)
        and constraint.name is None
        and column.lower() in names(constraint.expression)
    ]


def _has_column(migration: Migration, name: QualifiedName, column: str) -> bool:
    if not _takes_condition(migration):
        return migration.table(name).has_column(column)
    found = migration.find_if_known(name)
    return found is not None and found.has_column(column)


def _takes_condition(migration: Migration) -> bool:
    """Whether the statement says it itself: SQLite has no IF EXISTS for columns."""
    return migration.sink.unseen and migration.dialect.name == "postgresql"


@spelled(old={"name": "new_column_name"}, then=["nullable"])
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
    they are not always right in files that people wrote. But a CHECK that ``existing_type``
    brings along goes when ``type_`` is given, and the one of ``type_`` comes. ``autoincrement``
    counts where ``existing_autoincrement`` says that it was otherwise: alone it is MySQL's.
    """
    migration = current()
    known = stubs.construct_options(migration, "alter_column", options)
    on_null = known.get("sqlite_on_conflict_not_null", NOT_GIVEN)
    if backfill is not None and nullable is not False:
        migration.warn_once("op.alter_column() leaves backfill= out without nullable=False")
    if postgresql_using is not None and type_ is None:
        migration.warn_once("op.alter_column() leaves postgresql_using= out without type_=")
    if not isinstance(existing_autoincrement, bool) or autoincrement == existing_autoincrement:
        autoincrement = None
    name = migration.name(table_name, schema)
    change = Change(migration, nullable, comment, server_default, type_, autoincrement, on_null)
    existing = Existing(existing_type, existing_server_default, existing_nullable, existing_comment)
    before = column_before(migration, name, column_name, change, existing)
    after = change.of(before)
    going = existing_type if type_ is not None else None
    operations = list(_checks_to_drop(migration, name, before, going))
    if using is None and migration.dialect.name == "postgresql":
        using = postgresql_using
    if after != before or (type_ is not None and _computes_anew(migration, using)):
        altering = AlterColumn(table=name, before=before, after=after)
        made = _with_values(migration, altering, using if type_ is not None else None, backfill)
        operations.append(made)
    if type_ is not None:
        added = _checks_of(migration, name, before.name, type_)
        operations += [AddConstraint(table=name, constraint=check) for check in added]
    if new_column_name is not None and new_column_name != column_name:
        rename = RenameColumn(table=name, before=before.name, after=new_column_name)
        table = migration.glimpse(name)
        operations.append(rename.rewriting(table, migration.rename_in) if table else rename)
    migration.run(*operations)


def _with_values(
    migration: Migration, altering: AlterColumn, using: str | None, backfill: Any
) -> AlterColumn:
    """The change, with what makes new values where it needs some."""
    is_retyped = altering.after.type != altering.before.type
    if is_retyped or _computes_anew(migration, using):
        altering = replace(altering, using=using)
    if altering.becomes_required:
        altering = replace(altering, backfill=migration.reader.default(backfill))
    return altering


def _computes_anew(migration: Migration, using: str | None) -> bool:
    """Whether the values are others though the type stays: PostgreSQL runs USING all the same."""
    return using is not None and migration.dialect.name == "postgresql"


def _checks_of(
    migration: Migration, table: QualifiedName, column: str, type_: AnyType
) -> list[Check]:
    """The CHECKs that SQLAlchemy makes for a type: of booleans and enums that ask for one."""
    stub = stubs.new_table(table.name, table.schema, [sa.Column(column, type_)], {})
    made = migration.reader.table(stub).constraints
    return [constraint for constraint in made if isinstance(constraint, Check)]


def _checks_to_drop(
    migration: Migration, name: QualifiedName, column: Column, existing_type: AnyType | None
) -> Iterator[Operation]:
    """Drop those of the existing type that the table has."""
    if existing_type is None:
        return
    known = _checks_of(migration, name, column.name, existing_type)
    table = migration.table(name) if known else Table(name=name)
    for check in known:
        found: Constraint | None = None
        if check.name is not None:
            named = (each for each in table.constraints if each.name == check.name)
            found = next(named, None)
        else:
            found = migration.find_alike(table, check)
        if found is not None:
            yield DropConstraint(table=name, constraint=found)
