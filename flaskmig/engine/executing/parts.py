"""The parts of one running revision: transactions, cut where a statement cannot be in one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from flaskmig.engine.records.journal import DONE, INTENT, Entry, Journal, RevisionRecord, Unfinished
from flaskmig.errors import (
    FlaskmigError,
    InterruptedRevisionError,
    OperationError,
    UnsupportedOperationError,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Dialect


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One statement to carry out.

    ``sha256`` is asked for only where the journal needs it. ``happened`` looks whether a
    statement that was begun outside of a transaction took effect as a whole; None where nobody
    can tell.
    """

    sql: str
    sha256: Callable[[], str]
    action: Callable[[], None]
    in_transaction: bool = True
    happened: Callable[[], bool] | None = None


class Parts:
    """Carries out the statements of one revision, each in a part that is atomic.

    A revision that is never cut is one part, and the journal gets one row for it. At a cut the
    part before it is committed together with rows that say which statements it held; the
    statement that cannot be in a transaction is written down before it runs and after.
    """

    def __init__(
        self,
        connection: Connection,
        dialect: Dialect,
        journal: Journal,
        record: RevisionRecord,
        *,
        divisible: bool = True,
    ) -> None:
        self._connection = connection
        self._dialect = dialect
        self._journal = journal
        self.record = record
        self.is_divisible = divisible
        self._step: AbstractContextManager[None] | None = None
        self._outside = False
        self._ordinal = 0
        self._held: list[tuple[int, Piece]] = []
        self._unfinished: Unfinished | None = None

    @property
    def is_cut(self) -> bool:
        """Whether a part is committed already, by this run or by the one that is resumed."""
        return self._unfinished is not None

    @property
    def is_outside(self) -> bool:
        """Whether what runs next is outside of a transaction."""
        return self._outside

    @property
    def is_skipping(self) -> bool:
        """Whether statements follow that an earlier run has done."""
        return self._unfinished is not None and self._ordinal < self._unfinished.last

    def begin(self) -> None:
        """Begin a part."""
        step = self._dialect.step(self._connection)
        step.__enter__()
        self._step = step

    def resume(self, unfinished: Unfinished, record: RevisionRecord) -> None:
        """Take up what an earlier run left; raises InterruptedRevisionError where it cannot be."""
        if unfinished.file_sha256 != record.file_sha256:
            raise self.interrupted("its file was changed since it was cut off")
        self.record = record
        self._unfinished = unfinished

    def run(self, piece: Piece) -> None:
        """Carry out one statement, or pass over it where an earlier run has done it."""
        if piece.in_transaction or self._outside:
            self._carry_out(piece)
            return
        with self.outside():
            self._carry_out(piece)

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Commit the part so far, be outside of a transaction, then begin the next part."""
        if self._outside:
            yield
            return
        if not self.is_divisible:
            raise UnsupportedOperationError(
                "this revision has a step that cannot be in a transaction, and it runs in the "
                "caller's",
                hint="pass a connection that is not in a transaction",
            )
        self._commit_part()
        self._outside = True
        try:
            yield
        except BaseException:
            # The revision file may catch it, and what follows belongs into a transaction. Where
            # none can be begun, `require_open` stops it.
            driver_error = self._connection.dialect.loaded_dbapi.Error
            with suppress(SQLAlchemyError, driver_error, FlaskmigError):
                self._next_part()
            raise
        self._next_part()

    def _next_part(self) -> None:
        self._outside = False
        self.begin()
        # On SQLite another process may have gone on with this revision between two parts.
        self._read_journal()

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
        if self._outside or self._dialect.is_in_transaction(self._connection):
            return
        raise OperationError(
            "transaction lost: something in the revision ended its transaction",
            hint="take COMMIT, ROLLBACK and what commits by itself out of the revision",
        )

    def finish(self, record: RevisionRecord) -> None:
        """Write that the revision is done; raises InterruptedRevisionError."""
        if self.is_skipping:
            raise self.interrupted("it has fewer statements than were run before")
        self._journal.finish(record, begun=self.is_cut)

    def end(self) -> None:
        """Commit the part that is open."""
        step, self._step = self._step, None
        if step is not None:
            step.__exit__(None, None, None)

    def fail(self, error: BaseException, traceback: TracebackType | None) -> None:
        """Roll back the part that is open."""
        step, self._step = self._step, None
        if step is not None:
            step.__exit__(type(error), error, traceback)

    def _carry_out(self, piece: Piece) -> None:
        self.require_open()
        self._ordinal += 1
        ordinal = self._ordinal
        entry = self._entry(ordinal)
        if entry is not None:
            self._check(entry, piece)
            if entry.state == DONE:
                return
            self._run_again(ordinal, piece)
        elif self._outside:
            with self._dialect.step(self._connection):
                self._journal.add(self.record, [_written(ordinal, piece, outside=True)])
            self._run_outside(ordinal, piece)
        else:
            piece.action()
            self._held.append((ordinal, piece))

    def _run_outside(self, ordinal: int, piece: Piece) -> None:
        started = time.monotonic()
        try:
            piece.action()
        except DBAPIError as error:
            # The database answered, so the statement is known not to have happened.
            if not error.connection_invalidated and piece.happened is None:
                with self._dialect.step(self._connection):
                    self._journal.remove(self.record, ordinal)
            raise
        self._done(ordinal, started)

    def _run_again(self, ordinal: int, piece: Piece) -> None:
        """A statement was begun outside of a transaction, and nobody wrote that it ended."""
        if piece.happened is None:
            raise self.interrupted(
                "whether this statement took effect before the run was cut off is not known",
                statement=piece.sql,
            )
        started = time.monotonic()
        if not piece.happened():
            piece.action()
        self._done(ordinal, started)

    def _done(self, ordinal: int, started: float) -> None:
        duration = round((time.monotonic() - started) * 1000)
        with self._dialect.step(self._connection):
            self._journal.mark_done(self.record, ordinal, duration)

    def _entry(self, ordinal: int) -> Entry | None:
        if self._unfinished is None:
            return None
        entry = self._unfinished.entries.get(ordinal)
        if entry is None and ordinal < self._unfinished.last:
            raise self.interrupted(f"the journal has no statement {ordinal}")
        return entry

    def _check(self, entry: Entry, piece: Piece) -> None:
        if entry.sha256 != piece.sha256():
            raise self.interrupted(
                f"its statement {entry.ordinal} is not the one that was run before",
                statement=piece.sql,
            )

    def _commit_part(self) -> None:
        if not self.is_cut:
            self._journal.begin(self.record)
        held = [_written(ordinal, piece, outside=False) for ordinal, piece in self._held]
        self._journal.add(self.record, held)
        self.end()
        self._held.clear()
        self._read_journal()

    def _read_journal(self) -> None:
        if self._step is not None:
            self._unfinished = self._journal.unfinished(self.record.revision)
            return
        with self._dialect.step(self._connection):
            self._unfinished = self._journal.unfinished(self.record.revision)

    def interrupted(self, reason: str, statement: str = "") -> InterruptedRevisionError:
        """The error for a revision that a person must look at."""
        record = self.record
        revision = record.revision
        return InterruptedRevisionError(
            f"revision {revision} was cut off and cannot be resumed: {reason}",
            revision=revision,
            statement=statement,
            hint=way_out(revision, record.direction, record.parents),
        )


def way_out(revision: str, direction: str, parents: Sequence[str]) -> str:
    """What a person does about a revision that was cut off."""
    below = " ".join(parents) or "base"
    done, undone = (revision, below) if direction == "upgrade" else (below, revision)
    return (
        f"do by hand what is missing of it and then `flask db stamp {done}`, or undo by hand what "
        f"it did and then `flask db stamp {undone}`"
    )


def _written(ordinal: int, piece: Piece, *, outside: bool) -> Entry:
    state = INTENT if outside else DONE
    return Entry(ordinal=ordinal, sha256=piece.sha256(), state=state)
