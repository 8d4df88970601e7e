"""How far a running revision is: what the journal has of it, and what this process knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from flaskmig.engine.executing.interrupted import FinishedElsewhere, changed, interrupted
from flaskmig.engine.executing.memory import Memory
from flaskmig.engine.records.journal_rows import INTENT, Entry, State

if TYPE_CHECKING:
    from flaskmig.engine.executing.piece import Piece
    from flaskmig.engine.records.journal import Journal
    from flaskmig.engine.records.journal_rows import RevisionRecord, Unfinished
    from flaskmig.errors import InterruptedRevisionError


class Progress:
    """Counts the statements of one revision and keeps the journal's rows of them.

    A revision that is cut has a row for each statement, and with the rows what the revision
    found when it looked at the database (``memory``). One that is resumed counts past the
    statements that an earlier run has done.
    """

    def __init__(
        self, journal: Journal, record: RevisionRecord, known: tuple[int, bool] | None = None
    ) -> None:
        self._journal = journal
        self.record = record
        # Whether an error now means that nobody knows what a COMMIT did.
        self.is_committing = False
        # Of a statement outside of a transaction, whether it was run, while the journal may not
        # say so: what this process knows even where the connection is lost.
        self.known = known
        self.memory = Memory()
        self._ordinal = 0
        # The last statement that the journal has, as far as is known here.
        self._written = 0
        self._unfinished: Unfinished | None = None
        self._has_committed = False

    @property
    def is_cut(self) -> bool:
        """Whether a part is committed already, by this run or by the one that is resumed."""
        return self._unfinished is not None or self._has_committed

    @property
    def is_skipping(self) -> bool:
        """Whether statements follow that an earlier run has done."""
        return self._unfinished is not None and self._ordinal < self._unfinished.last

    def resume(self, unfinished: Unfinished, record: RevisionRecord) -> None:
        """Take up what an earlier run left; raises InterruptedRevisionError where it cannot be."""
        if unfinished.file_sha256 != record.file_sha256:
            raise changed(record)
        self.record = record
        self._take(unfinished)

    def count(self) -> int:
        """The ordinal of the statement that is next."""
        self._ordinal += 1
        return self._ordinal

    def next_entry(self) -> Entry | None:
        """What the journal has of the statement that is next, which is not counted yet."""
        entries = self._unfinished.entries if self._unfinished is not None else {}
        return entries.get(self._ordinal + 1)

    def entry(self, ordinal: int) -> Entry | None:
        """What the journal has of a statement; raises InterruptedRevisionError where it must."""
        if self._unfinished is None:
            return None
        entry = self._unfinished.entries.get(ordinal)
        if entry is None and ordinal < self._unfinished.last:
            raise self.interrupted(f"the journal has no statement {ordinal}")
        return entry

    def check(self, entry: Entry, piece: Piece) -> None:
        """Raise InterruptedRevisionError where the statement is not the one that was run before."""
        if entry.sha256 != piece.sha256():
            raise self.interrupted(
                f"its statement {entry.ordinal} is not the one that was run before",
                statement=piece.sql,
            )

    @contextmanager
    def committing(self) -> Iterator[None]:
        """An error inside of this leaves ``is_committing`` true."""
        self.is_committing = True
        yield
        self.is_committing = False

    def write(self, *entries: Entry) -> None:
        """Write statements down, in their order, with what was found since the last one."""
        if entries:
            last = replace(entries[-1], answers=self.memory.unwritten())
            self._journal.add(self.record, [*entries[:-1], last])
            self._written = last.ordinal

    def write_part(self, entries: Sequence[Entry]) -> None:
        """Write the statements of a part that is about to be committed."""
        if not self.is_cut:
            self._journal.begin(self.record)
        self.write(*entries)

    def part_committed(self) -> None:
        """The part of `write_part` is committed; raises FinishedElsewhere."""
        self._has_committed = True
        self.read()

    def mark_done(self, ordinal: int, duration_ms: int) -> None:
        """Write that a statement which was about to be run has been."""
        self._journal.mark_done(self.record, ordinal, duration_ms)

    def remove(self, ordinal: int) -> None:
        """Take back that a statement was about to be run."""
        self._journal.remove(self.record, ordinal)

    def finish(self, record: RevisionRecord) -> None:
        """Write that the revision is done; raises InterruptedRevisionError."""
        if self.is_skipping:
            raise self.interrupted("it has fewer statements than were run before")
        self._journal.finish(record, begun=self.is_cut)

    def look_again(self) -> None:
        """The journal may be another than it was seen to be."""
        self._journal.look_again()

    def read(self) -> None:
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


def entry_of(ordinal: int, piece: Piece, state: State) -> Entry:
    """The row for a statement; its text only where it is about to be run."""
    sql = piece.sql if state == INTENT else ""
    return Entry(ordinal=ordinal, sha256=piece.sha256(), state=state, sql=sql)
