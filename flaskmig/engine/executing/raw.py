"""What a revision file runs by itself on a connection: watched, and kept inside of the step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from flaskmig.engine.executing.revision_connection import RevisionConnection
from flaskmig.engine.executing.sharing import Sharing
from flaskmig.engine.migrating.migration import current
from flaskmig.engine.migrating.raw_sql import (
    control_word,
    is_savepoint,
    may_write,
    needs_no_transaction,
    transaction_control,
)
from flaskmig.errors import UnsupportedOperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.executing.events import Events
    from flaskmig.engine.executing.parts import Parts

HINT = (
    "leave the transaction to flaskmig; what cannot be in one goes into "
    "`with op.get_context().autocommit_block():`"
)
SQL_IGNORED = (
    "{} in a revision does nothing: the revision and the record of it are one transaction, which "
    "is committed at its end"
)
_NOTHING = "SELECT 1"
_MARK = "flaskmig_file"


class Guard:
    """Looks at each statement that a revision file runs, before it is run.

    ``events`` are those of the connection, which tell it.
    """

    def __init__(
        self, connection: Connection, dialect: Dialect, parts: Parts, events: Events
    ) -> None:
        self._connection = connection
        self._dialect = dialect
        self._parts = parts
        self._events = events
        self._is_ours = False
        self._has_written = False
        self._marked: int | None = None
        self._has_said_commit = False
        self.sharing = Sharing(connection, self)

    @property
    def is_ours(self) -> bool:
        """Whether what runs now is flaskmig's own."""
        return self._is_ours

    @property
    def is_outside(self) -> bool:
        """Whether what runs now is in no transaction."""
        return self._parts.is_outside

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at what runs inside of this, but for what is in `ours`."""
        try:
            with self._events.told_to(self):
                yield
                self.sharing.end()
        finally:
            self.sharing.close()

    @contextmanager
    def ours(self, ours: bool = True) -> Iterator[None]:
        """What runs inside of this is flaskmig's own, or with False the file's again."""
        outer, self._is_ours = self._is_ours, ours
        try:
            yield
        finally:
            self._is_ours = outer

    def is_beyond_commit(self, sql: str) -> bool:
        """Whether a file on PostgreSQL means this to be in no transaction, and it can be in none.

        With psycopg2 what follows a COMMIT of the file's own is in no transaction.
        """
        if self._dialect.name != "postgresql":
            return False
        self._has_said_commit = self._has_said_commit or control_word(sql) == "COMMIT"
        return self._has_said_commit and needs_no_transaction(sql)

    @contextmanager
    def outside(self) -> Iterator[None]:
        """What the file runs inside of this is in no transaction."""
        self.sharing.leave_to(None)
        with self.ours(), self._parts.outside(), self.ours(False):
            yield

    @contextmanager
    def beyond_commit(self, sql: str) -> Iterator[None]:
        """What a statement that the file runs on its connection is to be in."""
        if self.is_outside or self._is_ours or not self.is_beyond_commit(sql):
            yield
            return
        with self.outside():
            yield

    def require_new(self) -> None:
        """Raise InterruptedRevisionError while statements follow that an earlier run has done."""
        if self._parts.progress.is_skipping:
            raise self._parts.progress.interrupted(
                "it reads the database by itself before its last finished statement"
            )

    def written(self) -> None:
        """The revision has changed something, so that to roll it back would undo that."""
        self._has_written = True

    def mark(self) -> None:
        """Make a place to which the file may roll back as long as it has changed nothing.

        On PostgreSQL nothing more is done after an error, and people's files expect rollback()
        to end that.
        """
        if self._dialect.name != "postgresql" or self._marked == self._parts.number:
            return
        if self.is_outside or not self._dialect.is_in_transaction(self._connection):
            return
        self.sharing.leave_to(None)
        # After an error there is nothing to go back to.
        with self.ours(), suppress(DBAPIError):
            self._connection.exec_driver_sql(f"SAVEPOINT {_MARK}")
            self._marked = self._parts.number

    def roll_back(self) -> None:
        """The file rolls back what it did: nothing, or the revision is over."""
        if self.is_outside:
            return
        if not self._has_written:
            if self._marked == self._parts.number:
                self.sharing.leave_to(None)
                with self.ours():
                    self._connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {_MARK}")
            return
        if not self._parts.is_divisible:
            raise UnsupportedOperationError(
                "the revision would roll back the caller's transaction",
                hint="use a savepoint: with op.get_bind().begin_nested()",
            )
        # What is undone is whole; only nothing may follow it.
        self._parts.is_undone = True

    def before_statement(self, sql: str, *, is_by_hand: bool) -> None:
        """The file is about to run a statement; raises where it may not."""
        if self._parts.is_undone:
            raise self._parts.undone()
        if is_by_hand:
            self._parts.lend()
        self._dialect.require_undoable(sql)
        if is_by_hand and not is_savepoint(sql):
            self.require_new()
        writes = may_write(sql)
        if self.is_outside:
            if is_by_hand and writes:
                with self.ours():
                    self._parts.begun_by_hand(sql)
            return
        control = transaction_control(sql, self._dialect.name)
        if control is not None:
            raise UnsupportedOperationError(
                f"{' '.join(control.split())} would end the transaction of the revision, and half "
                "of it could stay without the other",
                hint=HINT,
            )
        if writes:
            self._has_written = True
            self._dialect.before_raw_sql(self._connection)

    def after_statement(self, *, is_by_hand: bool) -> None:
        """The statement was run."""
        if self.is_outside and is_by_hand:
            with self.ours():
                self._parts.ended_by_hand(failed=False)

    def before_execute(
        self, connection: Connection, statement: str, parameters: Any
    ) -> tuple[str, Any]:
        """Anybody is about to run a statement on the connection; what is to be run."""
        if self._parts.is_undone:
            raise self._parts.undone()
        if self._is_ours:
            return statement, parameters
        word = "" if self.is_outside else control_word(statement)
        if word == "ROLLBACK":
            self.roll_back()
        elif word:
            current().warn_once(SQL_IGNORED.format(" ".join(statement.split()).rstrip(";")))
        if word:
            return _NOTHING, ()
        is_by_hand = isinstance(connection, RevisionConnection)
        if is_by_hand:
            self.sharing.leave_to(None)
        self.before_statement(statement, is_by_hand=is_by_hand)
        return statement, parameters

    def after_execute(self, connection: Connection) -> None:
        """The statement was run."""
        if not self._is_ours:
            self.after_statement(is_by_hand=isinstance(connection, RevisionConnection))

    def before_commit(self) -> None:
        """Somebody commits through SQLAlchemy; raises UnsupportedOperationError for the file."""
        if self._is_ours or self.is_outside:
            return
        raise UnsupportedOperationError(
            "the revision commits the transaction that it runs in, and half of it could stay "
            "without the other",
            hint=HINT,
        )

    def before_rollback(self) -> None:
        """Somebody rolls back through SQLAlchemy."""
        if self._is_ours or self.is_outside:
            return
        self._has_written = True
        self.roll_back()
