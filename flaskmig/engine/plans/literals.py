"""Values written into the SQL of statements that are not run."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.types import TypeEngine

from flaskmig.engine.migrating.carried import NotPlannedError
from flaskmig.sql import quote_literal

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.dialects.base import Statement


def with_literals(statement: Statement) -> str:
    """The statement's SQL with its parameters written into it.

    Raises NotPlannedError for a parameter that is neither text, number nor NULL.
    """
    text = statement.sql
    for parameter in statement.parameters:
        for mark in ("?", "%s"):
            if mark in text:
                text = text.replace(mark, _literal_value(parameter), 1)
                break
    return text


def written(clause: Executable, dialect: SQLAlchemyDialect) -> str:
    """A statement of a revision file as SQL with its values in it.

    Raises CompileError for a value that cannot be written.
    """
    if isinstance(clause, TextClause) and not clause._bindparams:
        return _unescaped(clause)
    compiled = clause.compile(  # type: ignore[attr-defined]
        dialect=_writing_values(dialect),
        compile_kwargs={"literal_binds": True},
    )
    return str(compiled).strip()


def _writing_values(dialect: SQLAlchemyDialect) -> SQLAlchemyDialect:
    """The dialect, but writing a value whose type the statement does not say by what it is."""
    known: Any = dialect.statement_compiler

    class Compiler(known):  # type: ignore[misc]
        def render_literal_value(self, value: Any, type_: TypeEngine[Any]) -> str:
            typed = sa.literal(value).type if isinstance(type_, sa.types.NullType) else type_
            if isinstance(typed, sa.JSON) and value is not None:
                # SQLAlchemy writes no JSON by itself.
                value, typed = json.dumps(value), sa.String()
            return str(super().render_literal_value(value, typed))

    copied = copy.copy(dialect)
    copied.statement_compiler = Compiler
    return copied


def _literal_value(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return quote_literal(value)
    raise NotPlannedError(f"{value!r} cannot be written into SQL")


def _unescaped(clause: TextClause) -> str:
    """The text as the database gets it: a colon that `text` was told to leave alone is one."""
    return clause.text.replace("\\:", ":").strip()
