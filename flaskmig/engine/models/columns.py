"""SQLAlchemy columns and sequences as values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import Integer, TypeDecorator

from flaskmig.engine.models.expressions import NO_DEFAULT, Expressions, exact
from flaskmig.engine.models.types import ModelTypes
from flaskmig.schema import Column, Generated, Identity
from flaskmig.schema import Sequence as SequenceObject

_WIDEST = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}


def read_column(
    expressions: Expressions, types: ModelTypes, column: sa.Column[Any], *, stored_by_default: bool
) -> Column:
    """The column as this database would have it; raises ConfigurationError."""
    read = types.read(column.type)
    identity = _identity(expressions, column, read.type.sql)
    serial = read.serial or (identity is None and _is_autoincrement(expressions, column))
    default = NO_DEFAULT
    if column.server_default is not None and not (serial and expressions.dialect.name != "sqlite"):
        default = expressions.read_default(column.server_default)
    return Column(
        name=exact(column.name),
        type=read.type,
        nullable=bool(column.nullable) and not read.serial,
        default=default.sql,
        default_source=default.source,
        generated=_generated(expressions, column, stored_by_default),
        identity=identity,
        autoincrement=serial,
        collation=read.collation,
        comment=comment_of(expressions, column),
        on_null=_on_null(expressions, column),
        sequence=default.sequence,
    )


def _on_null(expressions: Expressions, column: sa.Column[Any]) -> str | None:
    if expressions.dialect.name != "sqlite" or column.nullable:
        return None
    return conflict_action(expressions.option(column, "on_conflict_not_null"))


def conflict_action(given: Any) -> str | None:
    """The word behind ON CONFLICT; None for the one that SQLite takes by itself."""
    action = str(given).upper() if given else None
    return None if action == "ABORT" else action


def with_elsewhere(read: Column, elsewhere: Expressions, column: sa.Column[Any]) -> Column:
    """The column with what the models say of it for the other kind of database alone."""
    comment = comment_of(elsewhere, column)
    identity = _identity(elsewhere, column, read.type.sql.lower())
    on_null = _on_null(elsewhere, column)
    if (comment, identity, on_null) == (read.comment, read.identity, read.on_null):
        return read
    there = replace(read, comment=comment, identity=identity, on_null=on_null)
    return replace(read, elsewhere=there)


def comment_of(expressions: Expressions, item: sa.Column[Any] | sa.Table) -> str | None:
    """The comment, where the database keeps comments; an empty one is none."""
    if not expressions.dialect.supports_comments or not item.comment:
        return None
    return exact(item.comment)


def _generated(
    expressions: Expressions, column: sa.Column[Any], stored_by_default: bool
) -> Generated | None:
    computed = column.computed
    if computed is None:
        return None
    stored = stored_by_default if computed.persisted is None else bool(computed.persisted)
    return Generated(expression=expressions.sql(computed.sqltext), stored=stored)


def _is_autoincrement(expressions: Expressions, column: sa.Column[Any]) -> bool:
    """SERIAL on PostgreSQL, AUTOINCREMENT on SQLite, by SQLAlchemy's own rules."""
    table = getattr(column, "table", None)
    if not column.primary_key or not isinstance(table, sa.Table):
        return False
    if expressions.dialect.name == "sqlite":
        return (
            bool(expressions.option(table, "autoincrement"))
            and len(table.primary_key.columns) == 1
            and issubclass(column.type._type_affinity or object, Integer)
            and not column.foreign_keys
        )
    # Table.autoincrement_column has had this name since SQLAlchemy 2.0.4 only.
    if column is not table.primary_key._autoincrement_column:
        return False
    default = column.default
    return default is None or (isinstance(default, sa.Sequence) and bool(default.optional))


def _identity(expressions: Expressions, column: sa.Column[Any], type_sql: str) -> Identity | None:
    identity = column.identity
    if identity is None or not getattr(expressions.dialect, "supports_identity_columns", False):
        return None
    return Identity(always=bool(identity.always), **_options(identity, type_sql))


def read_sequence(
    expressions: Expressions, types: ModelTypes, sequence: sa.Sequence
) -> SequenceObject:
    """The sequence as this database would have it; raises ConfigurationError."""
    data_type = sequence.data_type
    if isinstance(data_type, TypeDecorator):
        data_type = data_type.impl_instance
    sql = types.read(data_type).type.sql if data_type is not None else "bigint"
    return SequenceObject(
        name=expressions.qualified(sequence.name, sequence.schema),
        type=None if sql == "bigint" else sql,
        **_options(sequence, sql),
    )


def _options(given: Any, type_sql: str) -> dict[str, Any]:
    """The options of a sequence that are not what PostgreSQL takes by itself.

    Its defaults (CREATE SEQUENCE): INCREMENT 1, CACHE 1, from 1 to the type's greatest value,
    or from -1 to its least one where it descends, starting at that end.
    """
    widest = _WIDEST.get(type_sql, _WIDEST["bigint"])
    descends = (given.increment or 1) < 0
    low, high = (-widest - 1, -1) if descends else (1, widest)
    minimum = given.minvalue if given.minvalue is not None else low
    maximum = given.maxvalue if given.maxvalue is not None else high
    start = maximum if descends else minimum
    return {
        "start": None if given.start in (None, start) else given.start,
        "increment": None if given.increment in (None, 1) else given.increment,
        "minimum": None if minimum == low else minimum,
        "maximum": None if maximum == high else maximum,
        "cache": None if given.cache in (None, 1) else given.cache,
        "cycle": bool(given.cycle),
    }
