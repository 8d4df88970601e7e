"""The parts of one running revision: transactions, cut where a statement cannot be in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from flaskmig.dialects.base import TransactionEnded
from flaskmig.engine.executing.interrupted import FinishedElsewhere
from flaskmig.engine.executing.outside import Outside
from flaskmig.engine.executing.progress import entry_of
from flaskmig.engine.records.journal_rows import DONE
from flaskmig.errors import FlaskmigError, OperationError, UnsupportedOperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.executing.piece import Piece
    from flaskmig.engine.executing.progress import Progress


class Parts:
    """Carries out the statements of one revision, each in a part that is atomic.

    A revision that is never cut is one part, and the journal gets one row for it. At a cut the
    part before it is committed together with rows that say which statements it held, and what
    the revision found when it looked at the database (``progress``). A statement that cannot be
    in a transaction is written down before it runs and after.
    """

    def __init__(
        self,
        connection: Connection,
        dialect: Dialect,
        progress: Progress,
        *,
        divisible: bool = True,
    ) -> None:
        self._connection = connection
        self._dialect = dialect
        self.progress = progress
        self.is_divisible = divisible
        # Whether what runs next is outside of a transaction.
        self.is_outside = False
        # The first error since a statement that ran: a file that catches it may go on in a
        # transaction that has failed.
        self.failed: Exception | None = None
        # Whether the file ended the transaction of a part, unseen, so that half of it may stay.
        self.is_ended = False
        # Whether the file rolled it back, which is seen, and leaves nothing.
        self.is_undone = False
        # Whether the file had the connection in its hands, or ran SQL of its own.
        self.is_lent = False
        # How many parts were begun.
        self.number = 0
        self._step: AbstractContextManager[Sequence[Any]] | None = None
        self._outside = Outside(connection, dialect, progress)
        self._held: list[tuple[int, Piece]] = []

    def begin(self, ask: str = "") -> Sequence[Any]:
        """Begin a part; returns the rows of the query ``ask``, none without one."""
        step = self._dialect.step(self._connection, ask)
        rows = step.__enter__()
        self._step = step
        self.number += 1
        return rows

    def lend(self) -> None:
        """The file runs SQL of its own, or gets the connection: nobody knows what it does."""
        self.is_lent = True
        self._dialect.lend(self._connection)
        self.progress.look_again()

    def run(self, piece: Piece) -> bool:
        """Carry out one statement, or pass over it where an earlier run has done it.

        Returns whether it was carried out.
        """
        if piece.in_transaction or self.is_outside or self._is_passed_over(piece):
            return self._carry_out(piece)
        with self.outside():
            return self._carry_out(piece)

    def _is_passed_over(self, piece: Piece) -> bool:
        entry = self.progress.next_entry()
        return entry is not None and entry.state == DONE and not piece.is_of_session

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Commit the part so far, be outside of a transaction, then begin the next part."""
        if self.is_outside:
            yield
            return
        if not self.is_divisible:
            raise UnsupportedOperationError(
                "this revision has a step that cannot be in a transaction, and it runs in the "
                "caller's",
                hint="pass a connection that is not in a transaction",
            )
        self._dialect.require_session(self._connection)
        if not self.progress.is_skipping:
            self._leave()
        self.is_outside = True
        try:
            yield
        except FinishedElsewhere:
            raise
        except BaseException as error:
            if isinstance(error, DBAPIError) and not error.connection_invalidated:
                self.ended_by_hand(failed=True)
            # The revision file may catch it, and what follows belongs into a transaction. Where
            # none can be begun, `require_open` stops it.
            driver_error = self._connection.dialect.loaded_dbapi.Error
            with suppress(SQLAlchemyError, driver_error, FlaskmigError):
                self._next_part()
            raise
        self._next_part()

    def _leave(self) -> None:
        """Be outside of a transaction indeed: while statements are passed over nobody needs it."""
        if self._step is not None:
            self._commit_part()

    def _next_part(self) -> None:
        self.is_outside = False
        if self._step is not None:
            return
        self.begin()
        # On SQLite another process may have gone on with this revision between two parts.
        self.progress.read()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Statements that the database undoes together where an error leaves this."""
        count = len(self._held)
        try:
            yield
        except BaseException:
            del self._held[count:]
            raise

    def require_open(self) -> None:
        """Raise OperationError where something ended the transaction of the part."""
        if self.is_undone:
            raise self.undone()
        if not self.is_outside:
            self._require_transaction()

    def undone(self) -> OperationError:
        """The error for a file that rolled back what it had changed, and goes on."""
        return OperationError(
            "the revision rolled its transaction back and goes on",
            hint="use a savepoint for what may fail, with op.get_bind().begin_nested(), or raise "
            "the error that it is rolled back for",
        )

    def _require_transaction(self) -> None:
        if self._dialect.is_in_transaction(self._connection):
            return
        raise OperationError(
            "transaction lost: something in the revision ended its transaction",
            hint="take COMMIT, ROLLBACK and what commits by itself out of the revision",
        )

    def end(self) -> None:
        """Commit the part that is open."""
        step, self._step = self._step, None
        if step is not None:
            with self._noticing_end(), self.progress.committing():
                step.__exit__(None, None, None)

    def fail(self, error: BaseException, traceback: TracebackType | None) -> None:
        """Roll back the part that is open; ``is_ended`` says whether there was something to."""
        step, self._step = self._step, None
        if step is not None:
            with suppress(TransactionEnded), self._noticing_end():
                step.__exit__(type(error), error, traceback)

    @contextmanager
    def _noticing_end(self) -> Iterator[None]:
        try:
            yield
        except TransactionEnded:
            self.is_ended = not self.is_undone
            raise

    def begun_by_hand(self, sql: str) -> None:
        """The file is about to run a statement on the connection, outside of a transaction.

        It commits itself, so the journal must have it; but nobody can pass over it later.
        """
        self._leave()
        self._outside.begun_by_hand(sql)

    def ended_by_hand(self, *, failed: bool) -> None:
        """The statement of `begun_by_hand`, where there is one, was run, or refused."""
        self._outside.ended_by_hand(failed=failed)

    def _carry_out(self, piece: Piece) -> bool:
        self.require_open()
        ordinal = self.progress.count()
        entry = self.progress.entry(ordinal)
        if self.is_outside and (entry is None or entry.state != DONE):
            self._leave()
        if entry is None and self.is_outside and not piece.has_own_transaction:
            entry = self._outside.begin(ordinal, piece)
            if entry is None:
                self._outside.run(ordinal, piece)
                return True
        if entry is not None:
            self.progress.check(entry, piece)
            if entry.state != DONE:
                self._outside.run_again(ordinal, piece)
                return True
            if piece.is_of_session:
                piece.action()
            return False
        try:
            if self.is_outside:
                self._outside.run_alone(ordinal, piece)
            else:
                piece.action()
                self._held.append((ordinal, piece))
        except Exception as error:
            self.failed = self.failed or error
            raise
        self.failed = None
        return True

    def _commit_part(self) -> None:
        # Outside of one what is written here would stay whatever follows.
        self._require_transaction()
        self.progress.write_part([entry_of(ordinal, piece, DONE) for ordinal, piece in self._held])
        self.end()
        self._held.clear()
        self.progress.part_committed()
