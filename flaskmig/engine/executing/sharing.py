"""The migration's connection, shared with the second connections that its revision file makes.

Each of those has a savepoint, so that its rollback undoes what it did and nothing else. When
somebody else is about to run something, what it did so far becomes part of the revision: were
its savepoint still there, to go back to it would undo what others did.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.pool import NullPool

from flaskmig.engine.executing.second import SecondConnection
from flaskmig.engine.migrating.migration import current
from flaskmig.engine.migrating.raw_sql import changes_rows, is_savepoint
from flaskmig.errors import OperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine
    from sqlalchemy.pool import PoolProxiedConnection

    from flaskmig.engine.executing.raw import Guard
    from flaskmig.engine.migrating.engines import Plain

COMMITTED_LATER = (
    "a second connection to the database that is migrated is the migration's own: what it commits "
    "is committed with the revision and the record of it, at its end"
)
_HINT = (
    "commit() before the next call of op or of another connection, or use op.get_bind(), which "
    "needs no commit()"
)


class Sharing:
    """Hands second connections out and keeps what they do apart from what others do."""

    def __init__(self, connection: Connection, guard: Guard) -> None:
        self._connection = connection
        self._guard = guard
        self._open: list[SecondConnection] = []
        self._unsettled: set[SecondConnection] = set()
        self._count = 0
        self.is_over = False
        self._refusal: OperationError | None = None

    def connect(self, engine: Engine, plain: Plain) -> PoolProxiedConnection:
        """What connecting that engine gives; ``plain`` is what the engine would do by itself."""
        dialect = engine.dialect
        if getattr(dialect, "server_version_info", None) is None:
            # SQLAlchemy asks the server what it is with an engine's first connection alone.
            plain().close()
        raw = self._connection.connection.dbapi_connection

        def creator() -> Any:
            return SecondConnection(self, raw, dialect.name)

        return NullPool(creator, dialect=dialect, reset_on_return=None).connect()

    @contextmanager
    def statement(self, second: SecondConnection, sql: str, cursor: Any) -> Iterator[None]:
        """A statement of a second connection that is run inside of this."""
        self._require_going_on()
        self._guard.before_statement(sql, is_by_hand=True)
        is_inside = not self._guard.is_outside
        if is_inside:
            self._take_over(second)
        try:
            yield
        except Exception as error:
            second.failed = True
            self._notice_loss(error)
            if second.is_autocommit:
                self.roll_back(second, quietly=True)
            raise
        second.failed = False
        self._guard.after_statement(is_by_hand=True)
        if is_savepoint(sql):
            second.depth += _change_of_depth(sql)
        elif is_inside and changes_rows(sql) and getattr(cursor, "rowcount", -1) != 0:
            second.wrote = True
        if is_inside and second.is_autocommit and not second.depth:
            self.commit(second)

    def writing(self, second: SecondConnection) -> None:
        """A second connection is about to write in a way that is no statement."""
        self._require_going_on()
        self._guard.require_new()
        if not self._guard.is_outside:
            self._take_over(second)
            second.wrote = True

    def leave_to(self, actor: SecondConnection | None) -> None:
        """``actor``, None for the migration itself, is about to run something."""
        is_inside = False
        for second in reversed(list(self._open)):
            # A savepoint that is let go takes along those that were made in it.
            is_inside = is_inside or second is actor or second.depth > 0
            if second is actor:
                continue
            if is_inside:
                second.mixed = True
            else:
                self._settle(second)

    def commit(self, second: SecondConnection) -> None:
        """What it did is part of the revision."""
        if self.is_over:
            return
        wrote = second.wrote
        if second.savepoint:
            self._end_savepoint(second, undo=self._has_failed(second))
        self._unsettled.discard(second)
        second.wrote = False
        if wrote:
            current().warn_once(COMMITTED_LATER)

    def roll_back(self, second: SecondConnection, *, quietly: bool = False) -> None:
        """Undo what it did since it last committed.

        Where that cannot be, the revision ends: OperationError is raised here, or ``quietly`` by
        what is run next.
        """
        if self.is_over:
            return
        before = self._refusal
        # Where it is rolled back because of an error, that one is what is to be seen.
        has_failed = quietly or sys.exc_info()[0] is not None
        if second in self._unsettled or (second.mixed and second.wrote):
            self._refuse()
        if second.savepoint:
            try:
                self._end_savepoint(second, undo=not second.mixed or self._has_failed(second))
            except self._connection.dialect.loaded_dbapi.Error:
                if not has_failed:
                    raise
        self._unsettled.discard(second)
        second.wrote = False
        if self._refusal is not before and self._refusal is not None and not has_failed:
            raise self._refusal

    def end(self) -> None:
        """The function has returned; raises OperationError where something stayed unsettled."""
        for second in [*reversed(self._open), *self._unsettled]:
            self.roll_back(second, quietly=True)
        self._require_going_on()

    def close(self) -> None:
        """No second connection does anything any more."""
        self.is_over = True
        self._open.clear()

    def _notice_loss(self, error: Exception) -> None:
        """Have SQLAlchemy know of the migration's connection what it knows of the second."""
        dialect, connection = self._connection.dialect, self._connection
        if connection.invalidated or not isinstance(error, dialect.loaded_dbapi.Error):
            return
        if dialect.is_disconnect(error, connection.connection, None):
            connection.invalidate(error)

    def _require_going_on(self) -> None:
        if self._refusal is not None:
            raise self._refusal
        if self.is_over:
            raise OperationError(
                "this connection was one of a revision that is over",
                hint="close it, or the session that it belongs to: session.remove()",
            )

    def _has_failed(self, second: SecondConnection) -> bool:
        # PostgreSQL does nothing more in a transaction that failed; SQLite goes on.
        return second.failed and self._connection.dialect.name == "postgresql"

    def _refuse(self) -> None:
        """Have the revision end: others' work would go, or stay, with that of a connection."""
        self._refusal = OperationError(
            "a second connection of the revision wrote or failed, something else was run, and then "
            "it was rolled back or closed without commit(): what it did cannot be undone alone",
            hint=_HINT,
        )

    def _take_over(self, second: SecondConnection) -> None:
        """Have what it runs next be in a savepoint of its own, in which nobody else did anything.

        Unless the file is in a savepoint that it made itself.
        """
        self.leave_to(second)
        if second.mixed and not second.depth:
            self._settle(second)
        if not second.savepoint:
            self._begin(second)

    def _settle(self, second: SecondConnection) -> None:
        """Have what it did so far be a part of the revision."""
        self._end_savepoint(second, undo=self._has_failed(second))
        if second.wrote:
            self._unsettled.add(second)

    def _begin(self, second: SecondConnection) -> None:
        self._count += 1
        name = f"flaskmig_second_{self._count}"
        self._run(second, f"SAVEPOINT {name}")
        second.savepoint = name
        self._open.append(second)

    def _end_savepoint(self, second: SecondConnection, *, undo: bool) -> None:
        """Let the savepoint go, and with ``undo`` what was done in it, by whomever."""
        name, place = second.savepoint, self._open.index(second)
        inner = self._open[place + 1 :]
        del self._open[place:]
        if undo and (second.mixed or any(each.wrote for each in inner)):
            self._refuse()
        for each in (second, *inner):
            each.savepoint, each.depth, each.failed, each.mixed = "", 0, False, False
        if undo:
            self._run(second, f"ROLLBACK TO SAVEPOINT {name}")
            second.wrote = False
        self._run(second, f"RELEASE SAVEPOINT {name}")
        self._unsettled.update(each for each in inner if each.wrote)

    def _run(self, second: SecondConnection, sql: str) -> None:
        cursor = second.raw.cursor()
        try:
            cursor.execute(sql)
        finally:
            cursor.close()


def _change_of_depth(sql: str) -> int:
    """By how many the savepoints that a file made become more with this statement."""
    word = sql.split(None, 1)[0].upper()
    return {"SAVEPOINT": 1, "RELEASE": -1}.get(word, 0)
