"""One database of a project that is adopted: what its version table says beside the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flaskmig.engine.commands.connections import connect, history_of
from flaskmig.engine.commands.findings import findings
from flaskmig.engine.commands.half_done import half_done
from flaskmig.engine.commands.located import located
from flaskmig.engine.commands.settling import record_of
from flaskmig.engine.commands.writing import writing
from flaskmig.engine.records.journal import journal_of

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.migrating.events import Notify
    from flaskmig.engine.records.history import History

# What a person has to look at first; the others are as they may be after another tool.
_IN_THE_WAY = frozenset({"unknown", "changed", "moved", "missing", "lost", "forged"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedDatabase:
    """Where a database is, and which applied revisions its journal has no record of.

    ``applied`` counts all that are applied; ``problems`` stand against adopting.
    """

    bind: str
    at: tuple[str, ...]
    applied: int = 0
    unrecorded: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f"{self.bind}: " if self.bind else ""
        if not self.at:
            return f"{where}the database is at no revision"
        return f"{where}the database is at {', '.join(self.at)}, {self.applied} applied"

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "bind": self.bind or "default",
            "at": list(self.at),
            "applied": self.applied,
            "unrecorded": list(self.unrecorded),
        }


def look_at(project: Project, scripts: Scripts, bind: str) -> AdoptedDatabase:
    """Read where the database is; raises ExecutionError, HistoryError."""
    with connect(project, bind) as connection:
        history = history_of(project, connection)
        scripts = located(scripts, history)
        rows = history.rows()
        known = [row for row in rows if row in scripts.graph]
        found = findings(scripts, history)
        where = f"{bind}: " if bind else ""
        cut = half_done(project, scripts, bind, history)
        wrong = [
            f"{where}{each.message}; {each.hint}" for each in found if each.kind in _IN_THE_WAY
        ]
        if cut is not None:
            wrong.append(f"{where}{cut.message}; {cut.hint}")
        return AdoptedDatabase(
            bind=bind,
            at=tuple(sorted(rows)),
            applied=len(scripts.graph.ancestors(known)),
            unrecorded=tuple(_unrecorded(scripts, history)),
            problems=tuple(wrong),
            notes=tuple(
                f"{where}{each.message}; {each.hint}" for each in found if each.kind == "redundant"
            ),
        )


def record(project: Project, scripts: Scripts, bind: str, notify: Notify | None) -> None:
    """Write the checksums of the applied revisions that have no record, under the lock."""
    with writing(project, bind, notify) as history:
        scripts = located(scripts, history)
        journal = journal_of(history)
        journal.ensure()
        # Read again: an upgrade may have gone on between the look and the lock.
        missing = list(_unrecorded(scripts, history))
        journal.note_all([record_of(scripts, each, "stamp") for each in missing])


def _unrecorded(scripts: Scripts, history: History) -> Iterator[str]:
    """What is applied, says the version table, and the journal does not know, the oldest first."""
    rows = history.rows()
    applied = scripts.graph.ancestors(row for row in rows if row in scripts.graph)
    recorded = journal_of(history).applied()
    for revision in reversed(list(scripts.graph)):
        if revision.id in applied and revision.id not in recorded:
            yield revision.id
