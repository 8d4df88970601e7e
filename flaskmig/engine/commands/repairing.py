"""Saying that what is not as flaskmig left it is right as it is now: accepted, or restamped."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flaskmig.engine.commands.connections import connect, history_of
from flaskmig.engine.commands.findings import Finding, findings
from flaskmig.engine.commands.located import located
from flaskmig.engine.commands.missing_files import stand_in_for_missing
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.settling import agree, record_of
from flaskmig.engine.commands.writing import writing
from flaskmig.engine.records.journal import journal_of
from flaskmig.engine.records.journal_rows import followed
from flaskmig.errors import ConfigurationError, HistoryError, RevisionNotFoundError

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.migrating.events import Notify
    from flaskmig.engine.records.history import History
    from flaskmig.engine.records.journal import Journal
    from flaskmig.engine.records.journal_rows import RevisionRecord

# The kinds of findings that the file of a revision, as it is now, can be accepted for.
_ACCEPTABLE = frozenset({"changed", "moved", "missing", "unrecorded", "forged"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was wrong in one database, or is still, and what was done about it.

    ``accepted`` are the revisions whose files count as they are now, ``restamped`` the rows of
    the version table that were replaced, each with what it became.
    """

    bind: str
    findings: tuple[Finding, ...] = ()
    accepted: tuple[str, ...] = ()
    restamped: tuple[tuple[str, str], ...] = ()

    @property
    def is_ok(self) -> bool:
        return not self.findings

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "bind": self.bind or "default",
            "findings": [each.to_json() for each in self.findings],
            "accepted": list(self.accepted),
            "restamped": [{"from": old, "to": new} for old, new in self.restamped],
        }


def repair(
    project: Project,
    *,
    accept: Sequence[str] = (),
    restamp: Sequence[str] = (),
    notify: Notify | None = None,
) -> tuple[Repaired, ...]:
    """What is not as flaskmig left it in every database; with words, less of it.

    ``accept`` are revisions whose files are right as they are now, ``restamp`` words such as
    ``old:new``: the version table's unknown row ``old`` becomes the revision ``new``. All of them
    are looked at before the first is carried out. Each database is written in one transaction
    under the lock; ``notify`` is told who has it. Raises ConfigurationError for a word that fits
    nothing, RevisionNotFoundError, LockTimeoutError.
    """
    if not accept and not restamp:
        return tuple(_look(project, bind) for bind in project.binds)
    scripts = open_scripts(project)
    moves = _moves(scripts, restamp)
    wanted = _Wanted(tuple(_accepted(project, scripts, accept)), moves)
    fitting = {bind: _fitting(project, scripts, bind, wanted) for bind in project.binds}
    _require_used(wanted, [*fitting.values()])
    return tuple(_repair(project, scripts, bind, fitting[bind], notify) for bind in project.binds)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Revisions to accept, and rows to replace."""

    accept: tuple[str, ...]
    moves: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.accept or self.moves)


def _look(project: Project, bind: str) -> Repaired:
    scripts = open_scripts(project)
    with connect(project, bind) as connection:
        history = history_of(project, connection)
        stand_in_for_missing(scripts, journal_of(history))
        return Repaired(bind=bind, findings=findings(scripts, history))


def _moves(scripts: Scripts, words: Sequence[str]) -> dict[str, str]:
    moves = dict[str, str]()
    for old, new in (_move(scripts, word) for word in words):
        if old in moves:
            raise ConfigurationError(
                f"--restamp names the row {old} twice: it cannot become {moves[old]} and {new}",
                hint="name each row once",
            )
        moves[old] = new
    return moves


def _move(scripts: Scripts, word: str) -> tuple[str, str]:
    old, colon, new = word.rpartition(":")
    if not colon or not new:
        raise ConfigurationError(
            f"--restamp {word} is not OLD:NEW",
            hint="before the colon stands the row as the version table has it, after it a revision",
        )
    if old in scripts.graph:
        raise ConfigurationError(
            f"--restamp {word}: there is a file of {old}, so its row is right",
            hint="flask db stamp says that a database is at another revision",
        )
    return old, scripts.graph.resolve_one(new)


def _accepted(project: Project, scripts: Scripts, names: Sequence[str]) -> Iterator[str]:
    """Full ids; one that no file has may be one of the journal's."""
    for name in names:
        try:
            yield from scripts.graph.resolve(name)
        except RevisionNotFoundError:
            if not any(name in _records(project, bind) for bind in project.binds):
                raise
            yield name


def _records(project: Project, bind: str) -> Mapping[str, RevisionRecord]:
    with connect(project, bind) as connection:
        return journal_of(history_of(project, connection)).applied()


def _fitting(project: Project, scripts: Scripts, bind: str, wanted: _Wanted) -> _Wanted:
    """What of it is about this database."""
    with connect(project, bind) as connection:
        history = history_of(project, connection)
        rows = history.rows()
        wrong = _acceptable(findings(scripts, history))
        moves = {old: new for old, new in wanted.moves.items() if old in rows}
        if moves:
            after = _after(scripts, rows, moves)
            _require_kept(scripts, journal_of(history).applied(), moves, after)
    return _Wanted(tuple(each for each in wanted.accept if each in wrong), moves)


def _acceptable(found: Sequence[Finding]) -> set[str]:
    return {each.revision for each in found if each.kind in _ACCEPTABLE}


def _require_used(wanted: _Wanted, fitting: Sequence[_Wanted]) -> None:
    for revision in wanted.accept:
        if not any(revision in each.accept for each in fitting):
            raise ConfigurationError(
                f"--accept {revision}: there is nothing to accept; its file is as it was applied, "
                "or it is not applied",
                hint="flask db repair lists what is wrong",
            )
    for old in wanted.moves:
        if not any(old in each.moves for each in fitting):
            raise ConfigurationError(
                f"--restamp {old}:…: the version table has no such row",
                hint="flask db repair lists what is wrong",
            )


def _repair(
    project: Project, scripts: Scripts, bind: str, wanted: _Wanted, notify: Notify | None
) -> Repaired:
    if not wanted:
        return _look(project, bind)
    with writing(project, bind, notify) as history:
        journal = journal_of(history)
        journal.ensure()
        _restamp(scripts, history, journal, wanted.moves)
        still_wrong = _acceptable(findings(scripts, history))
        accepted = [each for each in wanted.accept if each in still_wrong]
        there = located(scripts, history)
        journal.note_all(
            [
                record_of(there, each, "repair" if each in there.graph else "unstamp")
                for each in accepted
            ]
        )
        left = findings(scripts, history)
    return Repaired(
        bind=bind,
        findings=left,
        accepted=tuple(accepted),
        restamped=tuple(wanted.moves.items()),
    )


def _restamp(
    scripts: Scripts, history: History, journal: Journal, moves: Mapping[str, str]
) -> None:
    """Replace the rows, and have the journal agree about what they were and what they are."""
    if not moves:
        return
    rows = history.rows()
    gone = sorted(moves.keys() - rows)
    if gone:
        raise HistoryError(
            f"the version table had the row {gone[0]} a moment ago and has it no more",
            hint="another program changed it meanwhile; run the command again",
        )
    after, records = _after(scripts, rows, moves), journal.applied()
    _require_kept(scripts, records, moves, after)
    history.replace(rows, after)
    about = {*moves, *followed(records, moves), *scripts.graph.ancestors(moves.values())}
    agree(scripts, journal, after, about=about, word="repair")


def _after(scripts: Scripts, rows: frozenset[str], moves: Mapping[str, str]) -> frozenset[str]:
    """The rows once they are replaced."""
    others = rows - moves.keys()
    known = {row for row in others if row in scripts.graph} | set(moves.values())
    return scripts.graph.topmost(known) | {row for row in others if row not in scripts.graph}


def _require_kept(
    scripts: Scripts,
    records: Mapping[str, RevisionRecord],
    moves: Mapping[str, str],
    after: Collection[str],
) -> None:
    """Raise HistoryError where what the rows stood on would count as not applied any more."""
    graph = scripts.graph
    kept = graph.ancestors(row for row in after if row in graph)
    for old, new in moves.items():
        below = (each for each in followed(records, [old]) if each in graph and each in records)
        lost = next((each for each in below if each not in kept), None)
        if lost is not None:
            raise HistoryError(
                f"--restamp {old}:{new}: the row {old} followed {lost}, which is applied and would "
                f"not be any more, as {new} does not follow it",
                hint=f"flask db repair --restamp {old}:{lost} keeps what is below; downgrade or "
                "stamp from there",
            )
