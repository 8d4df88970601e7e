"""What is unfinished, and what a person says of it where nobody else can know."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from flaskmig.dialects.base import Outcome
from flaskmig.engine.commands.connections import connect, history_of
from flaskmig.engine.commands.located import located
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.writing import writing
from flaskmig.engine.executing.interrupted import again_with, bind_option, way_out
from flaskmig.engine.records.journal import journal_of
from flaskmig.engine.records.journal_rows import RevisionRecord
from flaskmig.engine.records.moments import now
from flaskmig.errors import ConfigurationError, HistoryError, RevisionNotFoundError

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.migrating.events import Notify
    from flaskmig.engine.records.history import History
    from flaskmig.engine.records.journal_rows import Unfinished
    from flaskmig.engine.revisions.graph import Graph

Said = Literal["ran", "not-run", "applied", "undone"]

_SEEN = {
    Outcome.ABSENT: "as it was before",
    Outcome.HALF_MADE: "half done",
    Outcome.AS_WANTED: "as that statement leaves it",
    Outcome.DIFFERENT: "there and different",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A revision that was cut off in one database.

    ``statements_done`` counts those that are committed. ``in_doubt`` is the text of the one of
    which the journal does not know whether it took effect, an empty string where there is none;
    the next run sees for itself unless it stops and says that nobody can. ``again`` is the
    command that goes on with it, and ``option`` what names its bind.
    """

    revision: str
    direction: str
    started_at: str
    statements_done: int
    in_doubt: str = ""
    again: str = ""
    option: str = ""

    @property
    def hint(self) -> str:
        """What can be done about it."""
        again = f"`{self.again}` goes on with it"
        if not self.in_doubt:
            return f"{again}; or {way_out(self.revision, self.option)}"
        named = f"`flask db resolve {self.revision}"
        ran, not_run = (f"{named} --{word}{self.option}`" for word in ("ran", "not-run"))
        return f"{again}; if it cannot, {ran} or {not_run} about the statement"

    def __str__(self) -> str:
        number = self.statements_done
        statements = "statement is" if number == 1 else "statements are"
        text = (
            f"the {self.direction} of revision {self.revision} was cut off: {number} {statements} "
            f"done since {self.started_at}"
        )
        return f"{text}, and of one it is not known: {self.in_doubt}" if self.in_doubt else text

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "revision": self.revision,
            "direction": self.direction,
            "started_at": self.started_at,
            "statements_done": self.statements_done,
            "in_doubt": self.in_doubt,
            "hint": self.hint,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What is unfinished in one database; ``said`` of ``revision`` is what was written down."""

    bind: str
    unfinished: tuple[Work, ...] = ()
    revision: str = ""
    said: str = ""

    @property
    def is_ok(self) -> bool:
        return not self.unfinished

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "bind": self.bind or "default",
            "unfinished": [work.to_json() for work in self.unfinished],
            "revision": self.revision,
            "said": self.said,
        }


def resolve(
    project: Project,
    revision: str | None = None,
    said: Said | None = None,
    *,
    notify: Notify | None = None,
) -> tuple[Resolved, ...]:
    """What is unfinished in every database, or what a person says of it.

    ``said`` is "ran" or "not-run" of the one statement that is in doubt: the next upgrade goes
    on behind it, or runs it again. Or it is "applied" or "undone" of the whole: the database has
    all of the revision, or nothing of it, and the version table says so. ``revision`` may be left
    out where only one is unfinished. Each database is written in one transaction under the lock,
    and the journal keeps what was said; ``notify`` is told who has the lock. Raises HistoryError
    where there is nothing to say that of, or the catalogue shows the contrary, LockTimeoutError.
    """
    if said is None:
        return tuple(_look(project, bind) for bind in project.binds)
    scripts = open_scripts(project)
    named = _named(scripts, revision)
    about = [bind for bind in project.binds if _finds(project, bind, named)]
    if not about:
        what = f"revision {named}" if named else "no revision"
        raise HistoryError(
            f"{what} is {'not ' if named else ''}unfinished, so there is nothing to resolve",
            hint="`flask db resolve` lists what is unfinished",
        )
    return tuple(
        _say(project, scripts, bind, named, said, notify)
        if bind in about
        else Resolved(bind=bind, unfinished=_look(project, bind).unfinished)
        for bind in project.binds
    )


def unfinished_work(history: History, option: str = "") -> tuple[Work, ...]:
    """The revisions that were cut off, the oldest first; ``option`` is what names the bind."""
    return tuple(_work(each, option) for each in journal_of(history).all_unfinished())


def _work(unfinished: Unfinished, option: str) -> Work:
    doubt = unfinished.in_doubt
    return Work(
        revision=unfinished.revision,
        direction=unfinished.direction,
        started_at=unfinished.started_at,
        statements_done=len(unfinished.entries) - (doubt is not None),
        in_doubt="" if doubt is None else doubt.sql or f"statement {doubt.ordinal}",
        again=again_with(unfinished, option),
        option=option,
    )


def _look(project: Project, bind: str) -> Resolved:
    with connect(project, bind) as connection:
        history = history_of(project, connection)
        work = unfinished_work(history, bind_option(project, bind))
        return Resolved(bind=bind, unfinished=work)


def _named(scripts: Scripts, revision: str | None) -> str | None:
    """The full id; one that no file has may be in the journal all the same."""
    if revision is None:
        return None
    if not revision.strip():
        raise ConfigurationError(
            "an empty text names no revision",
            hint="leave it out where only one is unfinished, or give its id",
        )
    try:
        found = scripts.graph.resolve(revision)
    except RevisionNotFoundError:
        return revision
    return found[0] if len(found) == 1 else revision


def _finds(project: Project, bind: str, revision: str | None) -> bool:
    found = _look(project, bind).unfinished
    return any(revision in (None, work.revision) for work in found)


def _say(
    project: Project,
    scripts: Scripts,
    bind: str,
    revision: str | None,
    said: Said,
    notify: Notify | None,
) -> Resolved:
    with writing(project, bind, notify) as history:
        journal = journal_of(history)
        journal.ensure()
        unfinished = journal.unfinished(revision)
        if unfinished is None:
            raise HistoryError(
                "it was finished meanwhile, so there is nothing to resolve",
                hint="look with `flask db current`",
            )
        if said in ("ran", "not-run"):
            _decide(history, unfinished, has_run=said == "ran")
        else:
            there = located(scripts, history)
            _settle(there, history, unfinished, is_applied=said == "applied")
        journal.note(_record(unfinished, said))
        left = unfinished_work(history, bind_option(project, bind))
    return Resolved(bind=bind, unfinished=left, revision=unfinished.revision, said=said)


def _decide(history: History, unfinished: Unfinished, *, has_run: bool) -> None:
    doubt = unfinished.in_doubt
    if doubt is None:
        raise HistoryError(
            f"no statement of revision {unfinished.revision} is in doubt: it is known what ran",
            hint=f"run `{again_with(unfinished)}` so that it goes on; or "
            f"{way_out(unfinished.revision)}",
        )
    _require_no_contradiction(history, unfinished, doubt.sql, has_run=has_run)
    journal, record = journal_of(history), _record(unfinished, "")
    if has_run:
        journal.mark_done(record, doubt.ordinal, 0)
    else:
        journal.remove(record, doubt.ordinal)


def _require_no_contradiction(
    history: History, unfinished: Unfinished, sql: str, *, has_run: bool
) -> None:
    """Raise HistoryError where the catalogue shows that it is not as the person says."""
    effect = history.dialect.effect(sql)
    if effect is None:
        return
    outcome = effect.outcome(history.connection)
    if has_run:
        is_wrong = outcome is Outcome.HALF_MADE or (
            effect.shows and outcome is not Outcome.AS_WANTED
        )
    else:
        is_wrong = effect.shows and outcome is Outcome.AS_WANTED
    if is_wrong:
        raise HistoryError(
            f"the statement in doubt {'did not take effect' if has_run else 'took effect'}: "
            f"the catalogue has {effect} {_SEEN[outcome]}: {sql}",
            hint=f"run `flask db {unfinished.direction}` again: it looks by itself what became of "
            "that statement, and goes on from there",
        )


def _settle(
    scripts: Scripts, history: History, unfinished: Unfinished, *, is_applied: bool
) -> None:
    """Have the version table and the journal say that all of the revision is there, or nothing."""
    graph, revision, rows = scripts.graph, unfinished.revision, history.rows()
    implied = graph.ancestors(row for row in rows if row in graph)
    is_there = revision in rows or revision in implied
    if is_applied and not is_there:
        if revision not in graph:
            raise HistoryError(
                f"no file has revision {revision}, so the database cannot be said to be at it",
                hint="bring its file back; or undo by hand what it did and then "
                f"`flask db resolve {revision} --undone`",
            )
        history.replace(rows, graph.rows_after_upgrade(rows, revision))
    elif is_there and not is_applied:
        after = (
            graph.rows_after_downgrade(rows, revision)
            if revision in graph
            else _rows_without(graph, rows, unfinished)
        )
        history.replace(rows, after)
    is_done = is_applied == (unfinished.direction == "upgrade")
    journal_of(history).settle(unfinished, is_done=is_done)


def _rows_without(graph: Graph, rows: frozenset[str], unfinished: Unfinished) -> frozenset[str]:
    """The rows once a revision is undone that no file has: the journal knows what it followed."""
    others = rows - {unfinished.revision}
    implied = graph.ancestors(row for row in others if row in graph)
    return others | {parent for parent in unfinished.parents if parent not in implied}


def _record(unfinished: Unfinished, said: str) -> RevisionRecord:
    """The record of the run that was cut off, or where something was ``said`` one of that."""
    return RevisionRecord(
        run=uuid.uuid4().hex if said else unfinished.run,
        revision=unfinished.revision,
        direction=said,
        file_sha256="",
        parents=unfinished.parents,
        started_at=now(),
        duration_ms=0,
    )
