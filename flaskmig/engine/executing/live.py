"""Statements that go to a database at once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.sql.ddl import ExecutableDDLElement
from sqlalchemy.sql.elements import ClauseElement, TextClause

from flaskmig.engine.executing.events import Events
from flaskmig.engine.executing.memory import RememberedSchema
from flaskmig.engine.executing.parts import Parts
from flaskmig.engine.executing.piece import Piece
from flaskmig.engine.executing.raw import Guard
from flaskmig.engine.executing.reach import Reach
from flaskmig.engine.executing.revision_connection import RevisionConnection
from flaskmig.engine.migrating.engines import Plain
from flaskmig.engine.migrating.events import Notify, StatementRun
from flaskmig.engine.migrating.nameless import find_alike
from flaskmig.engine.migrating.raw_sql import (
    fits_transaction,
    is_of_session,
    may_write,
    tables_touched,
)
from flaskmig.engine.records.journal_rows import statement_sha256
from flaskmig.schema import Constraint, Table

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.engine import Connection, Engine
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect
    from sqlalchemy.pool import PoolProxiedConnection

    from flaskmig.dialects.base import Dialect, Statement
    from flaskmig.engine.migrating.sink import Request

_NOT_IN_SQLITE_TRANSACTION = re.compile(r"\s*(VACUUM|ATTACH|DETACH|PRAGMA)\b", re.IGNORECASE)


class LiveSink:
    """Runs the statements of one revision on a connection, in the parts that they need."""

    as_sql = False
    replays = False
    unseen = False

    def __init__(
        self,
        connection: Connection,
        dialect: Dialect,
        before: RememberedSchema,
        parts: Parts,
        notify: Notify | None = None,
        *,
        reach: Reach,
        events: Events,
    ) -> None:
        self._connection = connection
        self._dialect = dialect
        self._before = before
        self._parts = parts
        self._notify = notify
        self._wants_outside = False
        self._guard = Guard(connection, dialect, parts, events)
        self._reach = reach
        self._handed_out: RevisionConnection | None = None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at what the revision file runs by itself while this is open."""
        with self._reach, self._guard.watching():
            yield

    @property
    def sqlalchemy_dialect(self) -> SQLAlchemyDialect:
        """The connection's own."""
        return self._connection.dialect

    def run(self, statement: Statement, request: Request) -> None:
        """Run one statement that a dialect made."""

        def action() -> None:
            self._dialect.run(self._connection, statement)

        self._carry_out(
            Piece(
                sql=statement.sql,
                sha256=lambda: statement_sha256(statement.sql, statement.parameters),
                action=action,
                in_transaction=statement.in_transaction,
                has_own_transaction=statement.in_transaction,
                is_ours=True,
                effect=lambda: self._dialect.effect(statement.sql),
            )
        )

    def execute(self, clause: Executable, options: Mapping[str, Any], request: Request) -> None:
        """Run one statement of the revision file."""

        def action() -> None:
            self._parts.lend()
            with self._guard.ours(False):
                self._connection.execute(clause, execution_options=dict(options))

        text = self._text(clause)
        # Before anything is written of it: the revision would be stuck at what is refused.
        self._dialect.require_undoable(text)
        is_inside = not (self._wants_outside and _NOT_IN_SQLITE_TRANSACTION.match(text))
        if self._guard.is_beyond_commit(text):
            is_inside = False
        self._carry_out(
            Piece(
                sql=text,
                sha256=self._sha(clause),
                action=action,
                in_transaction=is_inside,
                has_own_transaction=fits_transaction(text, self._dialect.name),
                is_of_session=is_of_session(text),
                effect=lambda: self._dialect.effect(text),
            )
        )
        self._touch(text)

    def insert(
        self, clause: Executable, rows: Sequence[Mapping[str, Any]], request: Request
    ) -> None:
        """Run one INSERT with many rows of parameters."""

        def action() -> None:
            self._parts.lend()
            with self._guard.ours(False):
                self._connection.execute(clause, [dict(row) for row in rows])

        self._carry_out(
            Piece(
                sql=self._text(clause),
                sha256=self._sha(clause, rows),
                action=action,
                has_own_transaction=True,
            )
        )

    def find_alike(self, table: Table, wanted: Constraint) -> Constraint | None:
        """The constraint that is ``wanted`` but for its name, as the database judges."""

        def look() -> Constraint | None:
            return find_alike(table, wanted, self._dialect, self._connection)

        return self._before.find_alike(table, look)

    @contextmanager
    def outside(self) -> Iterator[None]:
        """What runs inside of this is outside of a transaction.

        On SQLite hardly anything needs that, and what is in one cannot be left half done, so
        only the statements that do are taken out.
        """
        if self._dialect.name == "sqlite":
            self._wants_outside = True
            try:
                yield
            finally:
                self._wants_outside = False
        else:
            with self._guard.outside():
                yield

    @contextmanager
    def together(self, statements: Sequence[Statement]) -> Iterator[None]:
        """Have an error leave none of the statements behind that run inside of this."""
        is_one = len(statements) < 2 or not all(each.in_transaction for each in statements)
        if is_one or self._parts.is_outside:
            yield
            return
        self._guard.sharing.leave_to(None)
        with self._dialect.together(self._connection), self._parts.together():
            yield

    def connection(self, request: Request, tell: Callable[[str], None]) -> Connection:
        """The connection itself; using it raises InterruptedRevisionError while skipping."""
        self._parts.lend()
        self._guard.mark()
        if self._handed_out is None:
            self._handed_out = RevisionConnection(self._connection, self._guard, tell)
        return self._handed_out

    def leads_here(self, engine: Engine) -> bool:
        """Whether an engine of the file connects to the database that is migrated."""
        return not self._guard.is_ours and self._reach.is_here(engine)

    def second(self, engine: Engine, plain: Plain, request: Request) -> PoolProxiedConnection:
        """The connection of the run, as one more of the driver's."""
        self._parts.lend()
        return self._guard.sharing.connect(engine, plain)

    def elsewhere(self, engine: Engine, plain: Plain) -> PoolProxiedConnection:
        """What the engine gives, where it may be reached."""
        return plain() if self._guard.is_ours else self._reach.elsewhere(engine, plain)

    def _carry_out(self, piece: Piece) -> None:
        started = time.monotonic()
        self._guard.sharing.leave_to(None)
        with self._guard.ours():
            was_run = self._parts.run(piece)
        if may_write(piece.sql):
            self._guard.written()
        if was_run and self._notify is not None:
            duration = round((time.monotonic() - started) * 1000)
            revision = self._parts.progress.record.revision
            self._notify(StatementRun(revision=revision, sql=piece.sql, duration_ms=duration))

    def _text(self, clause: object) -> str:
        if isinstance(clause, TextClause):
            # As the database gets it: text() reads this as a colon that begins no parameter.
            return clause.text.replace("\\:", ":")
        if not isinstance(clause, ClauseElement):
            return str(clause)
        if isinstance(clause, ExecutableDDLElement):
            return str(clause.compile(dialect=self._connection.dialect)).strip()
        return str(clause.compile(compile_kwargs={"render_postcompile": True}))

    def _sha(self, clause: Executable, rows: Sequence[Mapping[str, Any]] = ()) -> Callable[[], str]:
        def sha256() -> str:
            compiled = clause.compile(dialect=self._connection.dialect)  # type: ignore[attr-defined]
            parameters = sorted(compiled.params.items(), key=lambda item: item[0])
            return statement_sha256(str(compiled), (parameters, [dict(row) for row in rows]))

        return sha256

    def _touch(self, sql: str) -> None:
        touched = tables_touched(sql, self._dialect.name)
        if touched is None or touched:
            self._before.forget()
