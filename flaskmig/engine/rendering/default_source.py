"""How a revision file writes the server default that a model gives, for any database."""

from __future__ import annotations

import keyword
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import BindParameter, ColumnClause, False_, Null, TextClause, True_
from sqlalchemy.sql.functions import (
    Function,
    FunctionElement,
    GenericFunction,
    next_value,
)
from sqlalchemy.sql.schema import DefaultClause

from flaskmig.engine.rendering.python_source import call, literal
from flaskmig.engine.rendering.type_source import SA_IMPORT
from flaskmig.schema import Source


@dataclass(frozen=True, slots=True)
class _Written:
    """Code, and the expression that it makes."""

    code: str
    value: Any


def write_default(value: Any, compile_: Callable[[Any], str | None]) -> Source | None:
    """The source of what ``Column(server_default=…)`` was given.

    ``compile_`` gives the SQL of a default. None where a file cannot say the same with names of
    SQLAlchemy's own and literals; the SQL text of this database has to do then.
    """
    if isinstance(value, DefaultClause):
        value = value.arg
    if isinstance(value, str):
        return Source(literal(value))
    written = _write(value)
    if written is None or compile_(written.value) != compile_(value):
        return None
    return Source(written.code, (SA_IMPORT,))


def _write(value: Any) -> _Written | None:
    match value:
        case TextClause():
            if value._bindparams:
                return None
            return _Written(call("sa.text", [literal(value.text)]), sa.text(value.text))
        case True_():
            return _Written("sa.true()", sa.true())
        case False_():
            return _Written("sa.false()", sa.false())
        case Null():
            return _Written("sa.null()", sa.null())
        case ColumnClause(is_literal=True):
            text = str.__str__(value.name)
            return _Written(call("sa.literal_column", [literal(text)]), sa.literal_column(text))
        case Function() | GenericFunction() if not isinstance(value, next_value):
            return _write_function(value)
    return None


def _write_function(function: FunctionElement[Any]) -> _Written | None:
    """``sa.func.name(…)``, where the arguments are literals or can be written themselves."""
    if type(function).__module__.split(".")[0] != "sqlalchemy":
        return None
    names = [*getattr(function, "packagenames", ()), function.name]
    # sa.func takes an underscore at the end away, and one at the beginning for its own.
    if not all(name.isidentifier() and name.strip("_") == name for name in names):
        return None
    if any(map(keyword.iskeyword, names)):
        return None
    arguments = [_write_argument(argument) for argument in function.clauses]
    written = [argument for argument in arguments if argument is not None]
    if len(written) != len(arguments):
        return None
    made: Any = sa.func
    for name in names:
        made = getattr(made, name)
    return _Written(
        call(f"sa.func.{'.'.join(names)}", [argument.code for argument in written]),
        made(*(argument.value for argument in written)),
    )


def _write_argument(argument: Any) -> _Written | None:
    if not isinstance(argument, BindParameter):
        return _write(argument)
    value = argument.value
    if argument.callable is not None or not isinstance(value, str | int | float):
        return None
    try:
        return _Written(literal(value), value)
    except TypeError:
        return None
