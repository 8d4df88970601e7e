"""What is not as flaskmig left it: files of applied revisions, and the rows that say which are.

Nothing here is written, and no revision file is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from flaskmig.engine.commands.located import located
from flaskmig.engine.commands.moved_files import described_move, is_file_of, moved_files, way_out
from flaskmig.engine.commands.recorded import read_both, without_superseded
from flaskmig.engine.records.journal_rows import followed
from flaskmig.engine.revisions.revision import Revision

if TYPE_CHECKING:
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.records.history import History
    from flaskmig.engine.records.journal_rows import RevisionRecord

Kind = Literal[
    "changed", "moved", "missing", "unknown", "redundant", "lost", "unrecorded", "forged"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as flaskmig left it; ``hint`` is what to do about it.

    The ``kind`` says what it is: the file of an applied revision was "changed", "moved" behind one
    that never ran, or is "missing"; a row of the version table is "unknown", having no file, or
    "redundant", because another implies it; the journal has a revision that the version table has
    "lost", or has none of one that the version table implies ("unrecorded"), or has a row that
    was not written so ("forged").
    """

    kind: Kind
    revision: str
    message: str
    hint: str

    def __str__(self) -> str:
        return self.message

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "kind": self.kind,
            "revision": self.revision,
            "message": self.message,
            "hint": self.hint,
        }


def findings(scripts: Scripts, history: History) -> tuple[Finding, ...]:
    """All that is not as flaskmig left it in one database and the files of its revisions.

    Where files are gone that others follow, `stand_in_for_missing` has to come before.
    """
    rows, records = read_both(history)
    there = located(scripts, history)
    counting = without_superseded(there, records)
    return tuple(_Look(there, history, rows, counting).all())


class _Look:
    """One look at a database: its version rows, what its journal says, and the files."""

    def __init__(
        self,
        scripts: Scripts,
        history: History,
        rows: frozenset[str],
        last: Mapping[str, RevisionRecord],
    ) -> None:
        self.scripts = scripts
        self.graph = scripts.graph
        self.table = history.table.fullname
        self.rows = rows
        self.last = last
        self.records = {id_: record for id_, record in last.items() if record.is_applied}
        self.known = frozenset(row for row in rows if row in self.graph)
        self.applied = self.graph.ancestors(self.known)
        self.replacers = scripts.replacers
        self.moved = moved_files(scripts, history, rows, last)

    def all(self) -> Iterator[Finding]:
        for row in sorted(self.rows - self.known):
            yield self._unknown(row)
        for row in sorted(self.known - self.graph.topmost(self.known)):
            yield self._redundant(row)
        # Most databases that are asked for the first time have no journal.
        for revision in self._oldest_first() if self.last or self._has_gaps else ():
            yield from self._of(revision)

    def _oldest_first(self) -> Iterator[str]:
        """The revisions of which there may be something to say."""
        odd = {each.id for each in self.graph.as_given if not self._is_as_left(each)}
        # Mostly there is none, and then their order is of no use.
        yield from (each.id for each in reversed(list(self.graph) if odd else ()) if each.id in odd)
        yield from sorted(each for each in self.records if each not in self.graph)

    def _is_as_left(self, revision: Revision) -> bool:
        """Whether there is a file, and what is known of the revision is as flaskmig left it."""
        record = self.records.get(revision.id)
        if not revision.path:
            return False
        if record is None:
            return revision.id not in self.applied or revision.id not in self._unrecorded_ones
        return (
            revision.id in self.applied
            and revision.id not in self.moved
            and record.parents == revision.parents
            and record.file_sha256 == self.scripts.checksum_alone(revision.id)
        )

    def _of(self, revision: str) -> Iterator[Finding]:
        record = self.records.get(revision)
        is_there = revision in self.graph and bool(self.graph.revision(revision).path)
        if not is_there:
            squashed = self.replacers.get(revision)
            if squashed is not None:
                is_known = self.rows == self.known and squashed.id not in self.applied
                if record is not None and is_known:
                    yield self._lost_in(squashed, record)
            elif revision in self.applied or (record is not None and revision not in self.rows):
                yield self._missing(revision)
        elif record is not None and revision not in self.applied:
            # Of an unknown row nobody knows what it implies.
            if self.rows == self.known:
                yield self._lost(revision, record)
        elif record is not None and revision in self.moved:
            yield self._moved(revision, record)
        elif record is not None and self._is_of_former_file(record):
            return
        elif record is not None and record.file_sha256 != self.scripts.checksum_alone(revision):
            if record.file_sha256:
                yield self._changed(revision)
            else:
                yield self._forged(revision)
        elif record is not None and record.parents != self.graph.revision(revision).parents:
            yield self._forged(revision)
        elif record is None and revision in self._unrecorded_ones:
            yield self._unrecorded(revision)

    def _is_of_former_file(self, record: RevisionRecord) -> bool:
        """Whether it was applied before it was squashed, by a file that is kept."""
        if not self.graph.revision(record.revision).replaces:
            return False
        return (record.file_sha256, record.parents) in self.scripts.former(record.revision)

    @cached_property
    def _has_gaps(self) -> bool:
        """Whether there are revisions without a file that others follow."""
        return any(not each.path for each in self.graph.as_given)

    @cached_property
    def _unrecorded_ones(self) -> set[str]:
        """What is applied though flaskmig undid it, or is above what flaskmig ran here.

        What was applied before flaskmig came has no record either, and is as it should be.
        """
        above = self.graph.descendants(each for each in self.records if each in self.graph)
        return self.applied & (above | self.last.keys()) - self.records.keys()

    @cached_property
    def _lost_heads(self) -> list[str]:
        """Where the database is if all that the journal has is applied."""
        recorded = {each for each in self.records if each in self.graph}
        return sorted(self.graph.topmost(self.applied | recorded) - self.applied)

    def _changed(self, revision: str) -> Finding:
        return Finding(
            kind="changed",
            revision=revision,
            message=described_change(self.scripts, revision),
            hint="bring back the file as it was applied; where it is right as it is now, "
            f"`flask db repair --accept {revision}`",
        )

    def _moved(self, revision: str, record: RevisionRecord) -> Finding:
        skipped = self.moved[revision]
        return Finding(
            kind="moved",
            revision=revision,
            message=described_move(self.scripts, revision, skipped),
            hint=way_out(revision, record.parents, skipped),
        )

    def _missing(self, revision: str) -> Finding:
        followers = self.graph.children(revision) if revision in self.graph else ()
        verb = "follow" if len(followers) > 1 else "follows"
        follow = f", and {' and '.join(followers)} {verb} it" if followers else ""
        accept = f"; where it is not needed any more, `flask db repair --accept {revision}`"
        return Finding(
            kind="missing",
            revision=revision,
            message=f"revision {revision} was applied here and no file has it{follow}",
            hint=f"bring its file back{'' if followers else accept}",
        )

    def _unknown(self, row: str) -> Finding:
        text = f"{self.table} has the revision {row!r}, which no file has"
        twin = self._twin(row)
        if twin is not None:
            path = self.graph.revision(twin).path
            return Finding(
                kind="unknown",
                revision=row,
                message=f"{text}; {path} is the file that it had, with another id",
                hint=f"give it its id back, or `flask db repair --restamp {row}:{twin}`",
            )
        line = followed(self.records, [row])
        below = next((each for each in line if each in self.graph), "REVISION")
        return Finding(
            kind="unknown",
            revision=row,
            message=text,
            hint="get the missing file (another branch, a newer release); where it is gone for "
            f"good, undo by hand what it did and then `flask db repair --restamp {row}:{below}`",
        )

    def _redundant(self, row: str) -> Finding:
        above = sorted(self.graph.topmost(self.known) & self.graph.descendants([row]))
        return Finding(
            kind="redundant",
            revision=row,
            message=f"{self.table} has the revision {row} beside {' and '.join(above)}, which "
            "implies it",
            hint=f"`flask db stamp {' '.join(above)}`",
        )

    def _lost(self, revision: str, record: RevisionRecord) -> Finding:
        top = " ".join(self._lost_heads)
        at = " ".join(sorted(self.rows)) or "base"
        return Finding(
            kind="lost",
            revision=revision,
            message=f"revision {revision} was applied here at {record.started_at} and not undone "
            f"by flaskmig, and {self.table} does not have it",
            hint=f"if it is still applied, `flask db stamp {top}`; if something else "
            f"undid it, `flask db stamp {at}`",
        )

    def _lost_in(self, squashed: Revision, record: RevisionRecord) -> Finding:
        at = " ".join(sorted(self.rows)) or "base"
        return Finding(
            kind="lost",
            revision=record.revision,
            message=f"revision {record.revision}, which {squashed.id} replaces, was applied here "
            f"at {record.started_at} and not undone by flaskmig, and {self.table} does not have it",
            hint=f"if it is still applied, `flask db stamp {record.revision}`; if something else "
            f"undid it, `flask db stamp {at}`",
        )

    def _unrecorded(self, revision: str) -> Finding:
        return Finding(
            kind="unrecorded",
            revision=revision,
            message=f"revision {revision} is applied, says {self.table}, and flaskmig did not "
            "apply it: a script, another program or somebody by hand did, or only said so",
            hint=f"if it is applied, `flask db repair --accept {revision}`; if it is not, "
            "`flask db stamp` the revision that the database is at",
        )

    def _forged(self, revision: str) -> Finding:
        return Finding(
            kind="forged",
            revision=revision,
            message=f"the row of revision {revision} in flaskmig_journal is not as it was written: "
            "something changed it",
            hint=f"if its file is the one that was applied, `flask db repair --accept {revision}`",
        )

    def _twin(self, row: str) -> str | None:
        """The revision that is not applied and whose file is the one of ``row`` but for the id."""
        record = self.records.get(row)
        if record is None or not record.file_sha256:
            return None
        for revision in self.graph:
            is_open = bool(revision.path) and revision.id not in self.applied
            if is_open and is_file_of(self.scripts, revision.id, row, record):
                return revision.id
        return None


def described_change(scripts: Scripts, revision: str) -> str:
    """What to say of a file that was changed."""
    path = scripts.graph.revision(revision).path
    return f"{path} was changed after revision {revision} was applied"
