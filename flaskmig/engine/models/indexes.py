"""SQLAlchemy indexes as values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import (
    BinaryExpression,
    CollationClause,
    Grouping,
    Label,
    TextClause,
    UnaryExpression,
)

from flaskmig.engine.models.constraints import included
from flaskmig.engine.models.expressions import Expressions, column_of
from flaskmig.errors import ConfigurationError
from flaskmig.schema import Index, IndexPart

_NULLS = re.compile(r"\s+NULLS\s+(FIRST|LAST)\s*\Z", re.I)
_ORDER = re.compile(r"\s+(ASC|DESC)\s*\Z", re.I)
_OPCLASS = re.compile(r"\s+(\w+_ops)\s*\Z")
_COLLATE = re.compile(r'\s+COLLATE\s+("(?:[^"]|"")+"|\w+)\s*\Z', re.I)
_NAME = re.compile(r'\s*(?:([A-Za-z_][\w$]*)|"((?:[^"]|"")+)")\s*\Z')

Nulls = Literal["first", "last"]


def read_index(expressions: Expressions, index: sa.Index) -> Index:
    """The index as this database would have it; raises ConfigurationError."""
    name = expressions.constraint_name(index)
    if name is None:
        raise ConfigurationError(
            f"{index!r} has no name", hint="name it, or give the MetaData a convention for 'ix'"
        )
    where = expressions.option(index, "where")
    using = expressions.option(index, "using")
    tablespace = expressions.option(index, "tablespace")
    method = str(using).lower() if using else None
    classes = expressions.option(index, "ops") or {}
    return Index(
        name=name,
        parts=tuple(_part(expressions, item, index, classes) for item in index.expressions),
        unique=bool(index.unique),
        method=None if method == "btree" else method,
        where=expressions.sql(where) if where is not None else None,
        include=included(expressions, index),
        nulls_not_distinct=bool(expressions.option(index, "nulls_not_distinct")),
        options=storage_options(expressions.option(index, "with")),
        tablespace=str(tablespace) if tablespace else None,
    )


def storage_options(options: Any) -> tuple[tuple[str, str], ...]:
    """WITH (…) pairs as the catalogue has them: text, in the order of their names."""
    return tuple(sorted((str(name), _storage_value(v)) for name, v in (options or {}).items()))


def _storage_value(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "false" if value is False else "true"
    return str(value)


@dataclass(frozen=True, slots=True)
class _Peeled:
    """An expression without its order, collation and operator class, and those."""

    inner: Any
    part: IndexPart


def _part(
    expressions: Expressions, item: Any, index: sa.Index, classes: dict[str, str]
) -> IndexPart:
    # SQLAlchemy looks a class up by the key of the whole part: a column's own, or a label's.
    key = getattr(item, "key", None)
    peeled = _peel(item)
    column = column_of(peeled.inner)
    part = replace(peeled.part, opclass=classes.get(key) if key else None)
    if column is None:
        text = expressions.sql(peeled.inner)
        if isinstance(peeled.inner, TextClause):
            part = _read_text(text, part, index)
        else:
            part = replace(part, expression=text)
    else:
        part = replace(part, column=column)
    return _without_defaults(part)


def _peel(item: Any) -> _Peeled:
    part = IndexPart()
    while True:
        match item:
            case Label() | Grouping():
                item = item.element
            case UnaryExpression() if item.modifier is operators.desc_op:
                item, part = item.element, replace(part, descending=True)
            case UnaryExpression() if item.modifier is operators.asc_op:
                item = item.element
            case UnaryExpression() if item.modifier is operators.nulls_first_op:
                item, part = item.element, replace(part, nulls="first")
            case UnaryExpression() if item.modifier is operators.nulls_last_op:
                item, part = item.element, replace(part, nulls="last")
            case BinaryExpression(right=CollationClause()) if item.operator is operators.collate:
                part = replace(part, collation=str(item.right.collation))
                item = item.left
            case _:
                return _Peeled(item, part)


def _read_text(text: str, part: IndexPart, index: sa.Index) -> IndexPart:
    """A part that is written as text, as in ``text("name DESC")``."""
    found = _NULLS.search(text)
    if found:
        nulls: Nulls = "first" if found[1].upper() == "FIRST" else "last"
        text, part = text[: found.start()], replace(part, nulls=nulls)
    found = _ORDER.search(text)
    if found:
        text, part = text[: found.start()], replace(part, descending=found[1].upper() == "DESC")
    found = _OPCLASS.search(text)
    if found:
        text, part = text[: found.start()], replace(part, opclass=found[1])
    found = _COLLATE.search(text)
    if found:
        text, part = text[: found.start()], replace(part, collation=_name(found[1]))
    name = _name(text)
    if name is not None and (index.table is None or _has_column(index.table, name)):
        return replace(part, column=name)
    return replace(part, expression=text)


def _name(text: str) -> str | None:
    found = _NAME.match(text)
    if not found:
        return None
    bare, quoted = found.groups()
    return bare if bare is not None else quoted.replace('""', '"')


def _has_column(table: sa.Table, name: str) -> bool:
    return any(column.name == name for column in table.columns)


def _without_defaults(part: IndexPart) -> IndexPart:
    """NULLS where the order says so already is no difference (PostgreSQL: CREATE INDEX)."""
    default = "first" if part.descending else "last"
    return replace(part, nulls=None) if part.nulls == default else part
