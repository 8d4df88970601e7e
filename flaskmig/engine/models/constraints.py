"""SQLAlchemy constraints as values."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from flaskmig.engine.models.columns import conflict_action
from flaskmig.engine.models.expressions import Expressions, column_of, exact
from flaskmig.errors import ConfigurationError
from flaskmig.schema import (
    Check,
    Constraint,
    Exclude,
    ExcludeElement,
    ForeignKey,
    PrimaryKey,
    Unique,
)
from flaskmig.schema.outline import KeyOutline


def read_constraint(expressions: Expressions, constraint: sa.Constraint) -> Constraint:
    """The constraint as this database would have it; raises ConfigurationError."""
    match constraint:
        case sa.PrimaryKeyConstraint():
            return _primary_key(expressions, constraint)
        case sa.UniqueConstraint():
            return _unique(expressions, constraint)
        case sa.ForeignKeyConstraint():
            return _foreign_key(expressions, constraint)
        case sa.CheckConstraint():
            return Check(
                expression=expressions.sql(constraint.sqltext),
                name=expressions.constraint_name(constraint),
                not_valid=bool(expressions.option(constraint, "not_valid")),
            )
    if constraint.__visit_name__ == "exclude_constraint":
        return _exclude(expressions, constraint)
    raise ConfigurationError(f"{constraint!r} is of no kind that flaskmig knows")


def _primary_key(expressions: Expressions, key: sa.PrimaryKeyConstraint) -> PrimaryKey:
    # A key that no one wrote out puts its autoincrement column first, as SQLAlchemy does.
    columns = key.columns_autoinc_first if key._implicit_generated else list(key.columns)
    return PrimaryKey(
        columns=tuple(exact(column.name) for column in columns),
        name=expressions.constraint_name(key),
        deferrable=_deferrable(key),
        initially_deferred=_deferred(key),
        include=included(expressions, key),
        on_conflict=_on_conflict(expressions, key, "on_conflict_primary_key"),
    )


def _unique(expressions: Expressions, unique: sa.UniqueConstraint) -> Unique:
    return Unique(
        columns=tuple(exact(column.name) for column in unique.columns),
        name=expressions.constraint_name(unique),
        deferrable=_deferrable(unique),
        initially_deferred=_deferred(unique),
        nulls_not_distinct=bool(expressions.option(unique, "nulls_not_distinct")),
        include=included(expressions, unique),
        on_conflict=_on_conflict(expressions, unique, "on_conflict_unique"),
    )


def _on_conflict(
    expressions: Expressions,
    constraint: sa.PrimaryKeyConstraint | sa.UniqueConstraint,
    column_option: str,
) -> str | None:
    if expressions.dialect.name != "sqlite":
        return None
    action = expressions.option(constraint, "on_conflict")
    if action is None and len(constraint.columns) == 1:
        action = expressions.option(next(iter(constraint.columns)), column_option)
    return conflict_action(action)


def included(expressions: Expressions, item: sa.Constraint | sa.Index) -> tuple[str, ...]:
    """The names of the INCLUDE columns; they are given as names or as columns."""
    columns = expressions.option(item, "include") or ()
    return tuple(exact(c) if isinstance(c, str) else exact(c.name) for c in columns)


def _foreign_key(expressions: Expressions, key: sa.ForeignKeyConstraint) -> ForeignKey:
    targets = [_target(element) for element in key.elements]
    if not targets:
        raise ConfigurationError(f"{key!r} names no columns")
    schema, table, _ = targets[0]
    return ForeignKey(
        columns=tuple(_local_name(element) for element in key.elements),
        target=expressions.qualified(table, schema),
        target_columns=tuple(exact(column) for _, _, column in targets),
        name=expressions.constraint_name(key),
        on_update=_action(key.onupdate),
        on_delete=_action(key.ondelete),
        match=_match(key.match),
        deferrable=_deferrable(key),
        initially_deferred=_deferred(key),
        not_valid=bool(expressions.option(key, "not_valid")),
    )


def foreign_key_outline(
    expressions: Expressions, constraint: sa.ForeignKeyConstraint
) -> KeyOutline:
    """The plain fields of a foreign key; raises ConfigurationError."""
    key = _foreign_key(expressions, constraint)
    return KeyOutline(
        "f",
        key.name,
        key.columns,
        key.target,
        key.target_columns,
        key.on_update,
        key.on_delete,
        key.match,
        key.deferrable,
        key.initially_deferred,
    )


def _local_name(element: sa.ForeignKey) -> str:
    return exact(element.parent.name)


def _target(element: sa.ForeignKey) -> tuple[str | None, str, str]:
    """Schema, table and column; by what the key says where that table is not in the MetaData."""
    try:
        column = element.column
    except SQLAlchemyError:
        return _named_target(element)
    table = column.table
    assert isinstance(table, sa.Table)
    return table.schema, table.name, column.name


def _named_target(element: sa.ForeignKey) -> tuple[str | None, str, str]:
    *schema, table, column = element.target_fullname.split(".")
    own = getattr(element.parent, "table", None)
    default = own.metadata.schema if own is not None else None
    return ".".join(schema) or default, table, column


def _action(action: str | None) -> str | None:
    if action is None:
        return None
    head, bracket, columns = action.partition("(")
    words = " ".join(head.upper().split()) + (f" {bracket}{columns}" if bracket else "")
    return None if words == "NO ACTION" else words


def _match(match: str | None) -> Literal["FULL", "PARTIAL"] | None:
    if match is None:
        return None
    word = match.upper()
    if word == "FULL":
        return "FULL"
    return "PARTIAL" if word == "PARTIAL" else None


def _deferrable(constraint: sa.Constraint) -> bool:
    return bool(constraint.deferrable) or _deferred(constraint)


def _deferred(constraint: sa.Constraint) -> bool:
    return constraint.initially is not None and constraint.initially.upper() == "DEFERRED"


def _exclude(expressions: Expressions, constraint: Any) -> Exclude:
    operator_classes = constraint.ops or {}
    elements = []
    for expression, _, operator in constraint._render_exprs:
        column = column_of(expression)
        elements.append(
            ExcludeElement(
                operator=str(operator),
                column=column,
                expression=None if column else expressions.sql(expression),
                opclass=operator_classes.get(getattr(expression, "key", None)),
            )
        )
    return Exclude(
        elements=tuple(elements),
        name=expressions.constraint_name(constraint),
        method=str(constraint.using).lower(),
        where=expressions.sql(constraint.where) if constraint.where is not None else None,
        deferrable=_deferrable(constraint),
        initially_deferred=_deferred(constraint),
    )
