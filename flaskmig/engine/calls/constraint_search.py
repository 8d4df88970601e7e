"""Which constraint of a table a call means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls import stubs
from flaskmig.engine.migrating.migration import Migration
from flaskmig.errors import ObjectNotFoundError
from flaskmig.operations.default_names import default_name
from flaskmig.schema import (
    Check,
    Constraint,
    Exclude,
    ForeignKey,
    PrimaryKey,
    QualifiedName,
    Table,
    Unique,
    constraint_columns,
    constraint_kind,
    describe_constraint,
)
from flaskmig.sql import names

KINDS: Mapping[str, Constraint] = {
    "primary": PrimaryKey(columns=()),
    "unique": Unique(columns=()),
    "foreignkey": ForeignKey(columns=(), target=QualifiedName(""), target_columns=()),
    "check": Check(expression=""),
    "exclude": Exclude(elements=()),
}


def find(
    migration: Migration,
    table: QualifiedName,
    name: str | None,
    type_: str | None,
    structure: Mapping[str, Any],
    *,
    may_miss: bool = False,
) -> Constraint | None:
    """The constraint that a call means by a name or by what it is made of.

    None only with ``may_miss``. Raises ObjectNotFoundError, and TypeError for a kind that is none.
    """
    if type_ is not None and type_ not in KINDS:
        raise TypeError(f"type_ is one of {', '.join(sorted(KINDS))}, not {type_!r}")
    if name is None or may_miss:
        known = _maybe(migration, table) if may_miss else migration.table(table)
    else:
        known = migration.glimpse(table)
    if known is None:
        # PostgreSQL drops a constraint by its name, of whatever kind it is.
        return None if may_miss else replace(KINDS[type_ or "unique"], name=name)
    if name is not None:
        found = _named(migration, known, name, type_)
    else:
        found = _alike(migration, known, type_, structure)
    if found is None and not may_miss:
        raise ObjectNotFoundError(
            f"table {table} has no {type_ or 'constraint'} {name or dict(structure)}",
            hint=f"it has {'; '.join(map(describe_constraint, known.constraints)) or 'none'}",
        )
    return found


def _maybe(migration: Migration, table: QualifiedName) -> Table | None:
    """The table; PostgreSQL's statement can do without it, in a script."""
    if migration.dialect.name == "postgresql":
        return migration.find_if_known(table)
    return migration.find_table(table)


def _named(migration: Migration, table: Table, name: str, type_: str | None) -> Constraint | None:
    nameless = []
    for constraint in table.constraints:
        if type_ is not None and constraint_kind(constraint) != type_:
            continue
        if constraint.name is None:
            nameless.append(constraint)
        elif constraint.name.lower() == name.lower():
            return constraint
    if migration.dialect.name == "postgresql":
        # Where no database is asked, nobody has told the name that PostgreSQL gave it.
        given = (each for each in nameless if _may_be_called(table, each, name))
        found = next(given, None)
        if found is not None:
            return replace(found, name=name)
    if not migration.naming_convention:
        return None
    named = (each for each in nameless if conventional_name(migration, table, each) == name)
    return next(named, None)


def _may_be_called(table: Table, constraint: Constraint, name: str) -> bool:
    """Whether PostgreSQL may have named the constraint so by itself; a number tells like ones."""
    if isinstance(constraint, Check):
        said = names(constraint.expression)
        columns = [column.name for column in table.columns if column.name.lower() in said]
        named: list[tuple[str, ...]] = [(), *((each,) for each in columns)]
    else:
        named = [constraint_columns(constraint)]
    stems = [default_name(constraint, table.name.name, each, ()) for each in named]
    return any(name == stem or name.rstrip("0123456789") == stem for stem in stems)


def conventional_name(migration: Migration, table: Table, constraint: Constraint) -> str | None:
    """The name that the migration's naming convention gives a constraint that has none."""
    metadata = sa.MetaData(naming_convention=migration.naming_convention)
    columns = [sa.Column[Any](column.name) for column in table.columns]
    stub = sa.Table(table.name.name, metadata, *columns, schema=table.name.schema)
    made: sa.Constraint
    match constraint:
        case PrimaryKey():
            made = sa.PrimaryKeyConstraint(*constraint.columns)
        case Unique():
            made = sa.UniqueConstraint(*constraint.columns)
        case ForeignKey():
            stub_target = stubs.with_columns(
                constraint.target.name, constraint.target.schema, constraint.target_columns
            )
            remote = [stub_target.c[column] for column in constraint.target_columns]
            made = sa.ForeignKeyConstraint(constraint.columns, remote)
        case Check() | Exclude():
            return None
    stub.append_constraint(made)
    return str(made.name) if made.name is not None else None


def _alike(
    migration: Migration, table: Table, type_: str | None, structure: Mapping[str, Any]
) -> Constraint | None:
    """The one constraint of the kind that fits what is said of it; those with a name come last."""
    if type_ is None:
        raise TypeError("a constraint without a name needs type_ and what it is made of")
    condition = structure.get("condition")
    if type_ == "check" and condition is not None:
        return migration.find_alike(table, Check(expression=migration.reader.sql(condition)))
    fitting = [
        constraint
        for constraint in table.constraints
        if constraint_kind(constraint) == type_ and _fits(migration, constraint, structure)
    ]
    fitting.sort(key=lambda constraint: constraint.name is not None)
    if len(fitting) > 1 and not structure and type_ != "primary":
        raise TypeError(
            f"{table.name} has {len(fitting)} constraints of the kind {type_}: a name, or what it "
            "is made of (columns=, condition=, referent_table=), tells which one is meant"
        )
    return fitting[0] if fitting else None


def _fits(migration: Migration, constraint: Constraint, structure: Mapping[str, Any]) -> bool:
    columns = structure.get("columns")
    if columns is not None and _columns(constraint) != tuple(columns):
        return False
    if isinstance(constraint, ForeignKey) and structure.get("referent_table") is not None:
        target = migration.name(structure["referent_table"], structure.get("referent_schema"))
        remote = structure.get("referent_columns")
        same_columns = remote is None or constraint.target_columns == tuple(remote)
        return constraint.target == target and same_columns
    return True


def _columns(constraint: Constraint) -> tuple[str, ...]:
    """The columns that the constraint is about, INCLUDE ones not counted."""
    if isinstance(constraint, PrimaryKey | Unique):
        return constraint.columns
    return constraint_columns(constraint)
