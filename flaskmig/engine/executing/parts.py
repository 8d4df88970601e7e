"""The parts of one running revision: transactions, cut where a statement cannot be in one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from flaskmig.dialects.base import Effect, Outcome
from flaskmig.engine.executing.interrupted import (
    FinishedElsewhere,
    changed,
    in_doubt,
    interrupted,
)
from flaskmig.engine.executing.memory import Memory
from flaskmig.engine.records.journal import (
    DONE,
    INTENT,
    Entry,
    Journal,
    RevisionRecord,
    State,
    Unfinished,
    statement_sha256,
)
from flaskmig.errors import (
    FlaskmigError,
    InterruptedRevisionError,
    ObjectExistsError,
    OperationError,
    UnsupportedOperationError,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.executing.piece import Piece


class Parts:
    """Carries out the statements of one revision, each in a part that is atomic.

    A revision that is never cut is one part, and the journal gets one row for it. At a cut the
    part before it is committed together with rows that say which statements it held, and what
    the revision found when it looked at the database (``memory``). A statement that cannot be in
    a transaction is written down before it runs and after.
    """

    def __init__(
        self,
        connection: Connection,
        dialect: Dialect,
        journal: Journal,
        record: RevisionRecord,
        *,
        divisible: bool = True,
        known: tuple[int, bool] | None = None,
    ) -> None:
        self._connection = connection
        self._dialect = dialect
        self._journal = journal
        self.record = record
        self.is_divisible = divisible
        # Whether an error now means that nobody knows what a COMMIT did.
        self.is_committing = False
        # Of a statement outside of a transaction, whether it was run, while the journal may not
        # say so: what this process knows even where the connection is lost.
        self.known = known
        self.memory = Memory()
        # The first error since a statement that ran: a file that catches it may go on in a
        # transaction that has failed.
        self.failed: Exception | None = None
        self._step: AbstractContextManager[None] | None = None
        self._outside = False
        self._ordinal = 0
        # The last statement that the journal has, as far as is known here.
        self._written = 0
        self._by_hand = 0
        self._held: list[tuple[int, Piece]] = []
        self._unfinished: Unfinished | None = None
        self._has_committed = False

    @property
    def is_cut(self) -> bool:
        """Whether a part is committed already, by this run or by the one that is resumed."""
        return self._unfinished is not None or self._has_committed

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
            raise changed(record)
        self.record = record
        self._take(unfinished)

    def run(self, piece: Piece) -> bool:
        """Carry out one statement, or pass over it where an earlier run has done it.

        Returns whether it was carried out.
        """
        if piece.in_transaction or self._outside or self._is_passed_over(piece):
            return self._carry_out(piece)
        with self.outside():
            return self._carry_out(piece)

    def _is_passed_over(self, piece: Piece) -> bool:
        entries = self._unfinished.entries if self._unfinished is not None else {}
        entry = entries.get(self._ordinal + 1)
        return entry is not None and entry.state == DONE and not piece.is_of_session

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
        self._dialect.require_session(self._connection)
        if not self.is_skipping:
            self._leave()
        self._outside = True
        try:
            yield
        except FinishedElsewhere:
            raise
        except BaseException as error:
            is_answer = isinstance(error, DBAPIError) and not error.connection_invalidated
            if self._by_hand and is_answer:
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
        self._outside = False
        if self._step is not None:
            return
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
            with self._committing():
                step.__exit__(None, None, None)

    def fail(self, error: BaseException, traceback: TracebackType | None) -> None:
        """Roll back the part that is open."""
        step, self._step = self._step, None
        if step is not None:
            step.__exit__(type(error), error, traceback)

    def begun_by_hand(self, sql: str) -> None:
        """The file is about to run a statement on the connection, outside of a transaction.

        It commits itself, so the journal must have it; but nobody can pass over it later.
        """
        self._leave()
        self._ordinal += 1
        self._by_hand = self._ordinal
        sha256 = statement_sha256(sql)
        entry = Entry(ordinal=self._ordinal, sha256=sha256, state=INTENT, sql=sql)
        with self._committing(), self._dialect.step(self._connection):
            self._write(entry)

    def ended_by_hand(self, *, failed: bool) -> None:
        """The statement of `begun_by_hand`, where there is one, was run, or refused."""
        ordinal, self._by_hand = self._by_hand, 0
        if ordinal and failed:
            self._forget(ordinal)
        elif ordinal:
            self._done(ordinal, time.monotonic())

    def _carry_out(self, piece: Piece) -> bool:
        self.require_open()
        self._ordinal += 1
        ordinal = self._ordinal
        entry = self._entry(ordinal)
        if self._outside and (entry is None or entry.state != DONE):
            self._leave()
        if entry is None and self._outside and not piece.has_own_transaction:
            entry = self._begin_outside(ordinal, piece)
            if entry is None:
                self._run_outside(ordinal, piece)
                return True
        if entry is not None:
            self._check(entry, piece)
            if entry.state != DONE:
                self._run_again(ordinal, piece)
                return True
            if piece.is_of_session:
                piece.action()
            return False
        try:
            if self._outside:
                self._run_alone(ordinal, piece)
            else:
                piece.action()
                self._held.append((ordinal, piece))
        except Exception as error:
            self.failed = self.failed or error
            raise
        self.failed = None
        return True

    def _run_alone(self, ordinal: int, piece: Piece) -> None:
        """A statement between two parts that is in a transaction with what is written of it."""
        step = self._dialect.step(self._connection)
        step.__enter__()
        try:
            piece.action()
            self._write(_entry_of(ordinal, piece, DONE))
        except BaseException as error:
            step.__exit__(type(error), error, error.__traceback__)
            raise
        with self._committing():
            step.__exit__(None, None, None)

    def _begin_outside(self, ordinal: int, piece: Piece) -> Entry | None:
        """Write that the statement is about to run; what somebody else wrote of it, if they did."""
        effect = piece.effect() if piece.is_ours else None
        if effect is not None and effect.outcome(self._connection) is Outcome.DIFFERENT:
            raise _in_the_way(effect)
        self.known = (ordinal, False)
        with self._committing(), self._dialect.step(self._connection):
            # On SQLite another process may have gone on with the revision since the last part.
            self._read_journal()
            entry = self._entry(ordinal)
            if entry is None:
                self._write(_entry_of(ordinal, piece, INTENT))
        if entry is not None:
            self.known = None
        return entry

    def _run_outside(self, ordinal: int, piece: Piece) -> None:
        started = time.monotonic()
        self.known = None
        effect = piece.effect()
        try:
            if effect is not None and effect.outcome(self._connection) is Outcome.HALF_MADE:
                effect.clear(self._connection)
            piece.action()
            self._require_whole(effect)
        except DBAPIError as error:
            # The database answered, so the statement is known not to have happened.
            if not error.connection_invalidated and not self._is_half_made(effect):
                self._forget(ordinal)
            raise
        self._done(ordinal, started)

    def _run_again(self, ordinal: int, piece: Piece) -> None:
        """A statement was begun outside of a transaction, and nobody wrote that it ended."""
        effect = piece.effect()
        if effect is None:
            # Nobody else runs a statement that cannot be looked for, so what is known still holds.
            if self.known == (ordinal, False):
                self._run_outside(ordinal, piece)
                return
            if self.known != (ordinal, True):
                raise in_doubt(self.record, piece.sql)
            self._done(ordinal, time.monotonic())
            return
        started = time.monotonic()
        outcome = effect.outcome(self._connection)
        if outcome is Outcome.HALF_MADE:
            effect.clear(self._connection)
            outcome = effect.outcome(self._connection)
        if outcome is Outcome.DIFFERENT:
            raise interrupted(
                self.record, _in_the_way(effect).message, statement=piece.sql, hint=_MAKE_ROOM
            )
        if outcome is not Outcome.AS_WANTED:
            piece.action()
            self._require_whole(effect)
        self._done(ordinal, started)

    def _is_half_made(self, effect: Effect | None) -> bool:
        return effect is not None and effect.outcome(self._connection) is Outcome.HALF_MADE

    def _require_whole(self, effect: Effect | None) -> None:
        if self._is_half_made(effect):
            raise OperationError(
                f"the database reports no error, but {effect} is half made",
                hint="run the same command again: it is cleared away and made anew",
            )

    def _forget(self, ordinal: int) -> None:
        with self._dialect.step(self._connection):
            self._journal.remove(self.record, ordinal)

    def _done(self, ordinal: int, started: float) -> None:
        duration = round((time.monotonic() - started) * 1000)
        self.known = (ordinal, True)
        with self._committing(), self._dialect.step(self._connection):
            self._journal.mark_done(self.record, ordinal, duration)
        self.known = None

    @contextmanager
    def _committing(self) -> Iterator[None]:
        self.is_committing = True
        yield
        self.is_committing = False

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

    def _write(self, *entries: Entry) -> None:
        """Write statements down, in their order, with what was found since the last one."""
        if entries:
            last = replace(entries[-1], answers=self.memory.unwritten())
            self._journal.add(self.record, [*entries[:-1], last])
            self._written = last.ordinal

    def _commit_part(self) -> None:
        if not self.is_cut:
            self._journal.begin(self.record)
        self._write(*(_entry_of(ordinal, piece, DONE) for ordinal, piece in self._held))
        self.end()
        self._has_committed = True
        self._held.clear()
        self._read_journal()

    def _read_journal(self) -> None:
        """Look, inside of a transaction, how far the journal is; raises FinishedElsewhere."""
        last = self._journal.progress(self.record)
        if last is None:
            raise FinishedElsewhere
        if last > self._written or self._unfinished is None:
            self._take(self._journal.unfinished(self.record.revision))

    def _take(self, unfinished: Unfinished | None) -> None:
        """Go on from what the journal says; raises FinishedElsewhere."""
        if unfinished is None or unfinished.run != self.record.run:
            raise FinishedElsewhere
        self._unfinished = unfinished
        self._written = max(self._written, unfinished.last)
        self.memory.recall(unfinished.answers)

    def interrupted(self, reason: str, statement: str = "") -> InterruptedRevisionError:
        """The error for a revision that a person must look at."""
        return interrupted(self.record, reason, statement=statement)


_MAKE_ROOM = (
    "drop or rename what is in its place, or change it to what is wanted, and run the command again"
)


def _in_the_way(effect: Effect) -> ObjectExistsError:
    return ObjectExistsError(
        f"{effect} is there already and is not what is wanted", hint=_MAKE_ROOM
    )


def _entry_of(ordinal: int, piece: Piece, state: State) -> Entry:
    sql = piece.sql if state == INTENT else ""
    return Entry(ordinal=ordinal, sha256=piece.sha256(), state=state, sql=sql)
