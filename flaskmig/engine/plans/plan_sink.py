"""Statements that are written down and not run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import CompileError

from flaskmig import sql
from flaskmig.dialects.base import Statement
from flaskmig.engine.comparing.matching import match_constraints
from flaskmig.engine.migrating.carried_schema import CarriedSchema
from flaskmig.engine.migrating.engines import Plain, leads_to
from flaskmig.engine.migrating.raw_sql import (
    control_word,
    enums_made,
    needs_no_transaction,
    sequences_made,
    tables_touched,
    transaction_control,
    types_dropped,
)
from flaskmig.engine.models.metadata import DEFAULT_SCHEMAS
from flaskmig.engine.plans.literals import with_literals, written
from flaskmig.engine.plans.no_connection import USES_DATABASE, NoConnection, Unplannable
from flaskmig.engine.plans.planned import Note, PlannedStatement
from flaskmig.operations import CreateEnum, CreateSequence, CreateTable, DropEnum
from flaskmig.schema import Constraint, Enum, QualifiedName, Table
from flaskmig.schema import Sequence as SequenceObject

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import PoolProxiedConnection

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.migrating.sink import Request


class PlanSink:
    """Writes the statements of one revision down."""

    as_sql = True

    def __init__(
        self,
        dialect: Dialect,
        before: CarriedSchema,
        revision: str,
        *,
        replays: bool = False,
        engine: Engine | None = None,
        unseen: bool = False,
    ) -> None:
        self.replays = replays
        self.unseen = unseen
        self._dialect = dialect
        self._before = before
        self._revision = revision
        self._in_transaction = True
        self._has_said_commit = False
        self._engine = engine
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
            text = written(clause, self._dialect.compiler)
        except CompileError as error:
            self.note(request.call.line, f"its values cannot be written into the SQL: {error}")
            text = str(clause)
        line = request.call.line
        if self._in_transaction and control_word(text) in ("BEGIN", "COMMIT"):
            # Where statements are run, this does nothing.
            self._has_said_commit = control_word(text) == "COMMIT" or self._has_said_commit
            return
        if self._in_transaction and transaction_control(text, self._dialect.name) is not None:
            self.note(line, "it would end the transaction of the revision")
        is_inside = self._in_transaction and not (
            self._has_said_commit
            and self._dialect.name == "postgresql"
            and needs_no_transaction(text)
        )
        statement = PlannedStatement(sql=text, in_transaction=is_inside, line=line)
        self.statements.append(statement)
        touched = tables_touched(text, self._dialect.name)
        if touched is None or touched:
            self._before.forget(touched)
        self._keep_types(text)

    def _keep_types(self, text: str) -> None:
        """Know the enum types and sequences that raw SQL makes: a column would make them again."""
        if self._dialect.name != "postgresql":
            return
        for schema, name in types_dropped(text):
            found = self._before.find_enum(self._qualified(schema, name))
            if found is not None:
                # Columns that had it went before: raw SQL may not have said so.
                self._before.apply((DropEnum(enum=found),))
        for schema, name, values in enums_made(text):
            enum = Enum(name=self._qualified(schema, name), values=values)
            if self._before.find_enum(enum.name) is None:
                self._before.apply((CreateEnum(enum=enum),))
        for schema, name in sequences_made(text):
            sequence = SequenceObject(name=self._qualified(schema, name))
            if self._before.find_sequence(sequence.name) is None:
                self._before.apply((CreateSequence(sequence=sequence),))

    def _qualified(self, schema: str | None, name: str) -> QualifiedName:
        is_default = schema == DEFAULT_SCHEMAS[self._dialect.name]
        return QualifiedName(name, None if is_default else schema)

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
        return NoConnection(self, request.call.line)

    def leads_here(self, engine: Engine) -> bool:
        """Whether an engine leads to the database that the plan is for, as far as is known."""
        return self._engine is not None and leads_to(engine, self._engine)

    def second(self, engine: Engine, plain: Plain, request: Request) -> PoolProxiedConnection:
        """Nothing: the planning ends here, for the database is not as the plan has it."""
        self.note(request.call.line, f"{USES_DATABASE}, or an engine that leads to it")
        raise Unplannable

    def elsewhere(self, engine: Engine, plain: Plain) -> PoolProxiedConnection:
        """What the engine gives by itself."""
        return plain()

    def note(self, line: int | None, reason: str) -> None:
        """Say that something cannot be planned."""
        self.notes.append(Note(revision=self._revision, line=line, reason=reason))


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
