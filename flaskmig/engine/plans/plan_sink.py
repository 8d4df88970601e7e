"""Statements that are written down and not run."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import CompileError
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.types import TypeEngine

from flaskmig import sql
from flaskmig.dialects.base import Statement
from flaskmig.engine.comparing.matching import match_constraints
from flaskmig.engine.migrating.carried import CarriedSchema, NotPlannedError
from flaskmig.engine.migrating.raw_sql import tables_touched, transaction_control
from flaskmig.engine.plans.planned import Note, PlannedStatement
from flaskmig.operations import CreateTable
from flaskmig.schema import Constraint, QualifiedName, Table

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.migrating.sink import Request


class Unplannable(BaseException):
    """Ends the function of a revision that cannot be planned any further.

    Not an Exception: a revision file that catches those must not go on past it.
    """


class StandIn:
    """What ``get_bind()`` gives where there is no database: many files only ask for its dialect."""

    def __init__(self, sink: PlanSink, line: int | None) -> None:
        self._sink = sink
        self._line = line

    @property
    def dialect(self) -> SQLAlchemyDialect:
        return self._sink.sqlalchemy_dialect

    @property
    def engine(self) -> StandIn:
        return self

    @property
    def name(self) -> str:
        """The name of the dialect, which an engine has as its own."""
        return self.dialect.name

    def __getattr__(self, name: str) -> Any:
        self._sink.note(self._line, f"{USES_DATABASE} (.{name})")
        raise Unplannable


USES_DATABASE = "it uses the database itself, through get_bind()"


class PlanSink:
    """Writes the statements of one revision down."""

    as_sql = True

    def __init__(
        self, dialect: Dialect, before: CarriedSchema, revision: str, *, replays: bool = False
    ) -> None:
        self.replays = replays
        self._dialect = dialect
        self._before = before
        self._revision = revision
        self._in_transaction = True
        self.line_of_bind: int | None = None
        self.statements: list[PlannedStatement] = []
        self._made: set[QualifiedName] = set()
        self.notes: list[Note] = []

    @property
    def sqlalchemy_dialect(self) -> SQLAlchemyDialect:
        """The one that statements are compiled with."""
        return self._dialect.compiler

    def run(self, statement: Statement, request: Request) -> None:
        """Write one statement down that a dialect made.

        Nobody waits for a lock on a table that the revision itself makes, and it has no rows.
        """
        self._made |= {op.table.name for op in request.operations if isinstance(op, CreateTable)}
        if statement.locks and self._made.issuperset(lock.table for lock in statement.locks):
            statement = replace(statement, hazards=())
        self.statements.append(
            planned(
                statement,
                line=request.call.line,
                in_transaction=self._in_transaction and statement.in_transaction,
            )
        )

    def execute(self, clause: Executable, options: Mapping[str, Any], request: Request) -> None:
        """Write one statement of the revision file down, its values inlined."""
        try:
            text = self._literal(clause)
        except CompileError as error:
            self.note(request.call.line, f"its values cannot be written into the SQL: {error}")
            text = str(clause)
        line = request.call.line
        if self._in_transaction and transaction_control(text, self._dialect.name) is not None:
            self.note(line, "it would end the transaction of the revision")
        statement = PlannedStatement(sql=text, in_transaction=self._in_transaction, line=line)
        self.statements.append(statement)
        touched = tables_touched(text, self._dialect.name)
        if touched is None or touched:
            self._before.forget(touched)

    def insert(
        self, clause: Executable, rows: Sequence[Mapping[str, Any]], request: Request
    ) -> None:
        """Never asked for: where nothing is run, rows are written one by one."""
        raise AssertionError("a plan has its rows in statements of their own")

    def find_alike(self, table: Table, wanted: Constraint) -> Constraint | None:
        """The constraint that is ``wanted`` but for its name, as far as the texts tell."""
        equivalent = partial(sql.equivalent, dialect=self._dialect.name)
        found = match_constraints(table.constraints, (replace(wanted, name=None),), equivalent)
        return next((before for before, _ in (*found.kept, *found.renamed)), None)

    @contextmanager
    def outside(self) -> Iterator[None]:
        """What is written down inside of this runs outside of a transaction."""
        outer, self._in_transaction = self._in_transaction, False
        try:
            yield
        finally:
            self._in_transaction = outer

    def together(self, statements: Sequence[Statement]) -> AbstractContextManager[None]:
        """Nothing: what is written down is not undone."""
        return nullcontext()

    def connection(self, request: Request, tell: Callable[[str], None]) -> Any:
        """A stand-in that knows its dialect and ends the planning where it is asked for more."""
        self.line_of_bind = request.call.line
        return StandIn(self, request.call.line)

    def note(self, line: int | None, reason: str) -> None:
        """Say that something cannot be planned."""
        self.notes.append(Note(revision=self._revision, line=line, reason=reason))

    def _literal(self, clause: Executable) -> str:
        if isinstance(clause, TextClause) and not clause._bindparams:
            return _unescaped(clause)
        compiled = clause.compile(  # type: ignore[attr-defined]
            dialect=_literal_dialect(self._dialect.compiler),
            compile_kwargs={"literal_binds": True},
        )
        return str(compiled).strip()


def _literal_dialect(dialect: SQLAlchemyDialect) -> SQLAlchemyDialect:
    """The dialect, but writing a value whose type the statement does not say by what it is."""
    known: Any = dialect.statement_compiler

    class Compiler(known):  # type: ignore[misc]
        def render_literal_value(self, value: Any, type_: TypeEngine[Any]) -> str:
            typed = sa.literal(value).type if isinstance(type_, sa.types.NullType) else type_
            return str(super().render_literal_value(value, typed))

    copied = copy.copy(dialect)
    copied.statement_compiler = Compiler
    return copied


def planned(
    statement: Statement, *, line: int | None = None, in_transaction: bool | None = None
) -> PlannedStatement:
    """A dialect's statement as a plan has it."""
    return PlannedStatement(
        sql=with_literals(statement),
        in_transaction=statement.in_transaction if in_transaction is None else in_transaction,
        locks=statement.locks,
        hazards=statement.hazards,
        comment=statement.comment,
        is_guard=statement.refusal is not None,
        refusal=statement.refusal.message if statement.refusal else "",
        watches=statement.watches,
        clears=statement.leftover.query if statement.leftover else "",
        line=line,
    )


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


def _literal_value(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return sql.quote_literal(value)
    raise NotPlannedError(f"{value!r} cannot be written into SQL")


def _unescaped(clause: TextClause) -> str:
    """The text as the database gets it: a colon that `text` was told to leave alone is one."""
    return clause.text.replace("\\:", ":").strip()
