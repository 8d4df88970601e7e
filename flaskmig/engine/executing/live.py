"""Statements that go to a database at once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.sql.elements import TextClause

from flaskmig.engine.executing.memory import RememberedSchema
from flaskmig.engine.executing.parts import Parts
from flaskmig.engine.executing.piece import Piece
from flaskmig.engine.executing.raw import Guard, RevisionConnection
from flaskmig.engine.migrating.events import Notify, StatementRun
from flaskmig.engine.migrating.nameless import find_alike
from flaskmig.engine.migrating.raw_sql import fits_transaction, is_of_session, tables_touched
from flaskmig.engine.records.journal_rows import statement_sha256
from flaskmig.schema import Constraint, Table

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.engine import Connection
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.dialects.base import Dialect, Statement
    from flaskmig.engine.migrating.sink import Request

_NOT_IN_SQLITE_TRANSACTION = re.compile(r"\s*(VACUUM|ATTACH|DETACH|PRAGMA)\b", re.IGNORECASE)


class LiveSink:
    """Runs the statements of one revision on a connection, in the parts that they need."""

    as_sql = False
    replays = False

    def __init__(
        self,
        connection: Connection,
        dialect: Dialect,
        before: RememberedSchema,
        parts: Parts,
        notify: Notify | None = None,
    ) -> None:
        self._connection = connection
        self._dialect = dialect
        self._before = before
        self._parts = parts
        self._notify = notify
        self._wants_outside = False
        self._guard = Guard(connection, dialect, parts)

    def watching(self) -> AbstractContextManager[None]:
        """Look at what the revision file runs by itself while this is open."""
        return self._guard.watching()

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
            with self._guard.ours(False):
                self._connection.execute(clause, execution_options=dict(options))

        text = self._text(clause)
        # Before anything is written of it: the revision would be stuck at what is refused.
        self._dialect.require_undoable(text)
        is_inside = not (self._wants_outside and _NOT_IN_SQLITE_TRANSACTION.match(text))
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
            with self._guard.ours(), self._parts.outside(), self._guard.ours(False):
                yield

    @contextmanager
    def together(self, statements: Sequence[Statement]) -> Iterator[None]:
        """Have an error leave none of the statements behind that run inside of this."""
        is_one = len(statements) < 2 or not all(each.in_transaction for each in statements)
        if is_one or self._parts.is_outside:
            yield
            return
        with self._dialect.together(self._connection), self._parts.together():
            yield

    def connection(self, request: Request, tell: Callable[[str], None]) -> Connection:
        """The connection itself; using it raises InterruptedRevisionError while skipping."""
        return RevisionConnection(self._connection, tell, self._guard.require_new)

    def _carry_out(self, piece: Piece) -> None:
        started = time.monotonic()
        with self._guard.ours():
            was_run = self._parts.run(piece)
        if was_run and self._notify is not None:
            duration = round((time.monotonic() - started) * 1000)
            revision = self._parts.progress.record.revision
            self._notify(StatementRun(revision=revision, sql=piece.sql, duration_ms=duration))

    def _text(self, clause: Executable) -> str:
        return clause.text if isinstance(clause, TextClause) else str(clause)

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
