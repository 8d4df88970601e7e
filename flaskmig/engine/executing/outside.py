"""Statements between two parts, in no transaction: written down before they run and after."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.answers import answer_of
from flaskmig.dialects.base import Effect, Outcome
from flaskmig.engine.executing.interrupted import half_committed, in_doubt, interrupted
from flaskmig.engine.executing.progress import entry_of
from flaskmig.engine.records.journal_rows import DONE, INTENT, Entry, statement_sha256
from flaskmig.errors import ObjectExistsError, OperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.executing.piece import Piece
    from flaskmig.engine.executing.progress import Progress


class Outside:
    """Carries out single statements of a revision while no part of it is open."""

    def __init__(self, connection: Connection, dialect: Dialect, progress: Progress) -> None:
        self._connection = connection
        self._dialect = dialect
        self._progress = progress
        self._by_hand: Entry | None = None

    def run_alone(self, ordinal: int, piece: Piece) -> None:
        """Run a statement in a transaction with what is written of it."""
        step = self._dialect.step(self._connection)
        step.__enter__()
        try:
            piece.action()
            self._progress.write(entry_of(ordinal, piece, DONE))
        except BaseException as error:
            step.__exit__(type(error), error, error.__traceback__)
            raise
        with self._progress.committing():
            step.__exit__(None, None, None)

    def begin(self, ordinal: int, piece: Piece) -> Entry | None:
        """Write that the statement is about to run; what somebody else wrote of it, if they did.

        Raises ObjectExistsError where something else is in the place of what it makes.
        """
        effect = piece.effect() if piece.is_ours else None
        if effect is not None and effect.outcome(self._connection) is Outcome.DIFFERENT:
            raise _in_the_way(effect)
        self._progress.known = (ordinal, False)
        with self._progress.committing(), self._dialect.step(self._connection):
            # On SQLite another process may have gone on with the revision since the last part.
            self._progress.read()
            entry = self._progress.entry(ordinal)
            if entry is None:
                self._progress.write(entry_of(ordinal, piece, INTENT))
        if entry is not None:
            self._progress.known = None
        return entry

    def run(self, ordinal: int, piece: Piece) -> None:
        """Run a statement of which `begin` wrote that it is about to, and write that it was."""
        started = time.monotonic()
        self._progress.known = None
        effect = piece.effect()
        try:
            if effect is not None and effect.outcome(self._connection) is Outcome.HALF_MADE:
                effect.clear(self._connection)
            piece.action()
            self._require_whole(effect)
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
            if self._dialect.may_commit(piece.sql):
                said = answer_of(error).text
                raise half_committed(self._progress.record, piece.sql, said) from error
            # The database answered, so the statement is known not to have happened.
            if not self._is_half_made(effect):
                self._forget(ordinal)
            raise
        self._done(ordinal, started)

    def run_again(self, ordinal: int, piece: Piece) -> None:
        """Settle a statement that was begun, and of which nobody wrote that it ended.

        Raises InterruptedRevisionError where a person must look at it.
        """
        effect = piece.effect()
        if effect is None:
            # Nobody else runs a statement that cannot be looked for, so what is known still holds.
            if self._progress.known == (ordinal, False):
                self.run(ordinal, piece)
                return
            if self._progress.known != (ordinal, True):
                raise in_doubt(self._progress.record, piece.sql)
            self._done(ordinal, time.monotonic())
            return
        started = time.monotonic()
        outcome = effect.outcome(self._connection)
        if outcome is Outcome.HALF_MADE:
            effect.clear(self._connection)
            outcome = effect.outcome(self._connection)
        if outcome is Outcome.DIFFERENT:
            reason = _in_the_way(effect).message
            raise interrupted(self._progress.record, reason, statement=piece.sql, hint=_MAKE_ROOM)
        if outcome is not Outcome.AS_WANTED:
            piece.action()
            self._require_whole(effect)
        self._done(ordinal, started)

    def begun_by_hand(self, sql: str) -> None:
        """The file is about to run a statement on the connection, outside of a transaction.

        It commits itself, so the journal must have it; but nobody can pass over it later.
        """
        ordinal, sha256 = self._progress.count(), statement_sha256(sql)
        entry = self._by_hand = Entry(ordinal=ordinal, sha256=sha256, state=INTENT, sql=sql)
        with self._progress.committing(), self._dialect.step(self._connection):
            self._progress.write(entry)

    def ended_by_hand(self, *, failed: bool) -> None:
        """The statement of `begun_by_hand`, where there is one, was run, or refused."""
        entry, self._by_hand = self._by_hand, None
        if entry is None:
            return
        if not failed:
            self._done(entry.ordinal, time.monotonic())
        elif not self._dialect.may_commit(entry.sql):
            self._forget(entry.ordinal)

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
            self._progress.remove(ordinal)

    def _done(self, ordinal: int, started: float) -> None:
        duration = round((time.monotonic() - started) * 1000)
        self._progress.known = (ordinal, True)
        with self._progress.committing(), self._dialect.step(self._connection):
            self._progress.mark_done(ordinal, duration)
        self._progress.known = None


_MAKE_ROOM = (
    "drop or rename what is in its place, or change it to what is wanted, and run the command again"
)


def _in_the_way(effect: Effect) -> ObjectExistsError:
    return ObjectExistsError(
        f"{effect} is there already and is not what is wanted", hint=_MAKE_ROOM
    )
