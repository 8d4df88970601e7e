"""Calls about constraints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from flaskmig.engine.calls import stubs
from flaskmig.engine.calls.constraint_search import KINDS, find
from flaskmig.engine.calls.spellings import spelled
from flaskmig.engine.migrating.migration import Migration, current
from flaskmig.operations import AddConstraint, DropConstraint, RenameConstraint
from flaskmig.schema import Check, ForeignKey


@spelled(old={"name": "constraint_name", "cols": "columns"}, then=["schema"])
def create_primary_key(
    constraint_name: str | None,
    table_name: str,
    columns: Sequence[str],
    *,
    schema: str | None = None,
    **options: Any,
) -> None:
    """Make columns the primary key of a table."""
    table = stubs.with_columns(table_name, schema, columns)
    known = _known("create_primary_key", options)
    made = sa.PrimaryKeyConstraint(*_of(table, columns), name=constraint_name, **known)
    table.append_constraint(made)
    _add(table_name, schema, made)


@spelled(
    old={"name": "constraint_name", "source": "table_name", "local_cols": "columns"},
    then=["schema"],
)
def create_unique_constraint(
    constraint_name: str | None,
    table_name: str,
    columns: Sequence[str],
    *,
    schema: str | None = None,
    **options: Any,
) -> None:
    """Make columns unique."""
    table = stubs.with_columns(table_name, schema, columns)
    known = _known("create_unique_constraint", options)
    made = sa.UniqueConstraint(*_of(table, columns), name=constraint_name, **known)
    _add(table_name, schema, made)


@spelled(old={"name": "constraint_name", "source": "table_name"}, then=["schema"])
def create_check_constraint(
    constraint_name: str | None,
    table_name: str,
    condition: Any,
    *,
    schema: str | None = None,
    postgresql_no_inherit: bool = False,
    **options: Any,
) -> None:
    """Have each row satisfy a condition; a plain string is SQL."""
    table = stubs.with_columns(table_name, schema, ())
    known = _known("create_check_constraint", options)
    not_valid = bool(known.pop("postgresql_not_valid", False))
    text = sa.text(condition) if isinstance(condition, str) else condition
    made = sa.CheckConstraint(text, name=constraint_name, **known)
    table.append_constraint(made)
    check = current().reader.constraint(made)
    if isinstance(check, Check):
        check = replace(check, not_valid=not_valid, no_inherit=postgresql_no_inherit)
    migration = current()
    migration.run(AddConstraint(table=migration.name(table_name, schema), constraint=check))


@spelled(
    old={"name": "constraint_name", "source": "source_table", "referent": "referent_table"},
    then=[
        "onupdate",
        "ondelete",
        "deferrable",
        "initially",
        "match",
        "source_schema",
        "referent_schema",
    ],
)
def create_foreign_key(
    constraint_name: str | None,
    source_table: str,
    referent_table: str,
    local_cols: Sequence[str],
    remote_cols: Sequence[str],
    *,
    source_schema: str | None = None,
    referent_schema: str | None = None,
    onupdate: str | None = None,
    ondelete: str | None = None,
    deferrable: bool | None = None,
    initially: str | None = None,
    match: str | None = None,
    use_alter: bool | None = None,
    postgresql_not_valid: bool = False,
    **options: Any,
) -> None:
    """Have columns refer to those of another table."""
    migration = current()
    stubs.construct_options(migration, "create_foreign_key", options)
    source = stubs.with_columns(source_table, source_schema, local_cols)
    referent = stubs.with_columns(referent_table, referent_schema, remote_cols, source)
    made = sa.ForeignKeyConstraint(
        _of(source, local_cols),
        _of(referent, remote_cols),
        name=constraint_name,
        onupdate=onupdate,
        ondelete=ondelete,
        deferrable=deferrable,
        initially=initially,
        match=match,
    )
    key = migration.reader.constraint(made)
    if isinstance(key, ForeignKey):
        key = replace(key, not_valid=postgresql_not_valid)
    migration.run(AddConstraint(table=migration.name(source_table, source_schema), constraint=key))


@spelled(old={"name": "constraint_name"})
def create_exclude_constraint(
    constraint_name: str | None,
    table_name: str,
    *elements: tuple[Any, str],
    where: Any = None,
    using: str = "gist",
    schema: str | None = None,
    ops: Mapping[str, str] | None = None,
    deferrable: bool | None = None,
    initially: str | None = None,
    **options: Any,
) -> None:
    """Let no two rows have elements that the operators relate (PostgreSQL)."""
    from sqlalchemy.dialects.postgresql import ExcludeConstraint

    migration = current()
    stubs.construct_options(migration, "create_exclude_constraint", options)
    names = [element for element, _ in elements if isinstance(element, str)]
    table = stubs.with_columns(table_name, schema, names)
    parts = [
        (table.c[element] if isinstance(element, str) else element, operator)
        for element, operator in elements
    ]
    made = ExcludeConstraint(
        *parts,
        name=constraint_name,
        where=sa.text(where) if isinstance(where, str) else where,
        using=using,
        ops=dict(ops or {}),
        deferrable=deferrable,
        initially=initially,
    )
    _add(table_name, schema, made)


@spelled(
    old={"name": "constraint_name", "tablename": "table_name", "type": "type_"}, then=["schema"]
)
def drop_constraint(
    constraint_name: str | None,
    table_name: str,
    type_: str | None = None,
    *,
    schema: str | None = None,
    if_exists: bool | None = None,
    **structure: Any,
) -> None:
    """Drop a constraint by its name, or, where the name is None, by what it is.

    ``type_`` is "primary", "unique", "foreignkey", "check" or "exclude". Without a name it is
    needed, with what tells the constraint from others of its kind: ``columns``, ``condition``,
    or for a foreign key ``referent_table``, ``referent_schema`` and ``referent_columns``.
    """
    migration = current()
    name = migration.name(table_name, schema)
    known = _cut(migration, _conventional(constraint_name, table_name, schema, type_))
    found = find(migration, name, known, type_, structure, may_miss=bool(if_exists))
    if if_exists and known is not None and migration.dialect.name == "postgresql":
        meant = found or replace(KINDS[type_ or "unique"], name=known)
        migration.run_if_needed(DropConstraint(table=name, constraint=meant), found is not None)
    elif found is not None:
        migration.run(DropConstraint(table=name, constraint=found))


def rename_constraint(
    constraint_name: str | None,
    new_constraint_name: str | None,
    table_name: str,
    type_: str | None = None,
    *,
    schema: str | None = None,
    **structure: Any,
) -> None:
    """Give a constraint another name; the arguments are those of `drop_constraint`."""
    migration = current()
    name = migration.name(table_name, schema)
    found = find(migration, name, _cut(migration, constraint_name), type_, structure)
    if found is not None:
        after = _cut(migration, new_constraint_name)
        migration.run(RenameConstraint(table=name, constraint=found, after=after))


def _conventional(
    name: str | None, table_name: str, schema: str | None, type_: str | None
) -> str | None:
    """What the models' naming convention makes of the name of a constraint that is dropped."""
    if name == "":
        return None
    if type_ not in _NAMED_BY_CONVENTION or (name is None and type_ != "primary"):
        return name
    made: sa.Constraint = _NAMED_BY_CONVENTION[type_](name)
    try:
        stubs.with_columns(table_name, schema, ()).append_constraint(made)
    except (SQLAlchemyError, LookupError):
        # The convention asks for columns, and a constraint that goes is not said to have any.
        return name
    return None if made.name is None else str(made.name)


_NAMED_BY_CONVENTION: Mapping[str | None, Callable[[str | None], sa.Constraint]] = {
    "primary": lambda name: sa.PrimaryKeyConstraint(name=name),
    "unique": lambda name: sa.UniqueConstraint(name=name),
    "foreignkey": lambda name: sa.ForeignKeyConstraint([], [], name=name),
    "check": lambda name: sa.CheckConstraint("", name=name),
}


def _cut(migration: Migration, name: str | None) -> str | None:
    return None if name is None else migration.reader.cut(name)


def _add(table_name: str, schema: str | None, made: sa.Constraint) -> None:
    migration = current()
    constraint = migration.reader.constraint(made)
    migration.run(AddConstraint(table=migration.name(table_name, schema), constraint=constraint))


def _known(call: str, options: Mapping[str, Any]) -> dict[str, Any]:
    known = ("deferrable", "initially", "info")
    return stubs.construct_options(current(), call, options, known)


def _of(table: sa.Table, columns: Sequence[str]) -> list[sa.Column[Any]]:
    return [table.c[column] for column in columns]
