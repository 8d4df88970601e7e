"""The commands that change databases: upgrade, downgrade, stamp, ensure_version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from flaskmig.engine.commands.changed_files import (
    MEND_OR_ACCEPT,
    about_files,
    refuse_changed,
    refuse_second_run,
    warnings,
)
from flaskmig.engine.commands.connections import (
    connect,
    history_of,
    require_known,
    require_single_database,
)
from flaskmig.engine.commands.findings import findings
from flaskmig.engine.commands.half_done import refuse_half_done
from flaskmig.engine.commands.opening import open_scripts, require_single
from flaskmig.engine.commands.settling import settle
from flaskmig.engine.commands.way_down import refuse_dead_ends
from flaskmig.engine.commands.writing import writing
from flaskmig.engine.executing import execute
from flaskmig.engine.files.managed import created_tables
from flaskmig.engine.migrating.steps import Step
from flaskmig.engine.records.journal import journal_of
from flaskmig.errors import HistoryError, InterruptedRevisionError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.commands.findings import Finding
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.executing.execute import Applied
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.migrating.events import Notify
    from flaskmig.engine.records.history import History
    from flaskmig.engine.revisions.graph import Graph, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """The revisions that one database went through, in their order."""

    bind: str
    applied: tuple[Applied, ...]
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "bind": self.bind or "default",
            "applied": [
                {
                    "revision": step.revision,
                    "direction": step.direction,
                    "duration_ms": step.duration_ms,
                }
                for step in self.applied
            ],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """The version rows of one database before and after."""

    bind: str
    before: frozenset[str]
    after: frozenset[str]

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "bind": self.bind or "default",
            "before": sorted(self.before),
            "after": sorted(self.after),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """What is to run on one database, in order, and what was found odd about it before."""

    bind: str
    path: list[Revision]
    odd: tuple[Finding, ...]


def upgrade(
    project: Project,
    revision: str = "head",
    *,
    tag: str | None = None,
    notify: Notify | None = None,
    connection: Connection | None = None,
) -> tuple[Ran, ...]:
    """Bring every database of the project up to a revision, one after the other.

    ``connection`` is used as `execute.run` says; there is one database then. Every file is looked
    at before the first one runs. Raises HistoryError where a database without a version row has
    tables that the revisions create, or where one would run a second time,
    InvalidRevisionFileError, InterruptedRevisionError where something else is half done in any
    of them, and what `execute.run` raises.
    """
    require_single(revision, "upgrade")
    if connection is not None:
        require_single_database(project)
    scripts = open_scripts(project)
    done = []
    ways = [_way_up(project, scripts, bind, revision, connection, notify) for bind in project.binds]
    for way in ways:
        applied = execute.run(
            project,
            way.bind,
            [Step(revision=step, direction="upgrade") for step in way.path],
            scripts=scripts,
            connection=connection,
            notify=notify,
            tag=tag,
            check_start=partial(_check_start, path=way.path, graph=scripts.graph, bind=way.bind),
        )
        run = {step.id for step in way.path}
        still = (each for each in way.odd if each.kind != "lost" or each.revision not in run)
        done.append(Ran(bind=way.bind, applied=tuple(applied), warnings=warnings(still)))
    return tuple(done)


def downgrade(
    project: Project,
    revision: str = "-1",
    *,
    tag: str | None = None,
    accept_changed: bool = False,
    notify: Notify | None = None,
    connection: Connection | None = None,
) -> tuple[Ran, ...]:
    """Take every database of the project down to a revision, one after the other.

    Raises ChangedRevisionError where the file of one to undo is not the one that was applied,
    unless ``accept_changed`` says that its downgrade() is right as it is now; IrreversibleError,
    before anything is undone anywhere, where one of them is known to have no way back; and, as
    for the rest, what `upgrade` raises.
    """
    require_single(revision, "downgrade")
    if connection is not None:
        require_single_database(project)
    scripts = open_scripts(project)
    ways = [
        _way_down(
            project, scripts, bind, revision, connection, notify, accept_changed=accept_changed
        )
        for bind in project.binds
    ]
    done = []
    for way in ways:
        applied = execute.run(
            project,
            way.bind,
            [Step(revision=step, direction="downgrade") for step in way.path],
            scripts=scripts,
            connection=connection,
            notify=notify,
            tag=tag,
        )
        done.append(Ran(bind=way.bind, applied=tuple(applied), warnings=warnings(way.odd)))
    return tuple(done)


def stamp(
    project: Project,
    revisions: Sequence[str] = ("head",),
    *,
    purge: bool = False,
    notify: Notify | None = None,
) -> tuple[Stamped, ...]:
    """Say that every database is at the revisions, and run none.

    ``purge`` forgets what a database says of itself, also where no file has it. A revision that
    was cut off counts as done or as never begun from then on.
    """
    scripts = open_scripts(project)
    graph = scripts.graph
    done = []
    for bind in project.binds:
        with writing(project, bind, notify) as history:
            before = history.texts() if purge else history.rows()
            kept = frozenset[str]() if purge else before
            require_known(graph, kept)
            after = graph.rows_after_stamp(kept, revisions)
            if purge:
                history.clear()
            history.replace(kept, after)
            settle(scripts, history, () if purge else revisions, before, after)
        done.append(Stamped(bind=bind, before=before, after=after))
    return tuple(done)


def ensure_version(project: Project) -> None:
    """Make the version table of every database, where it is not there."""
    for bind in project.binds:
        with writing(project, bind):
            pass


def _way_up(
    project: Project,
    scripts: Scripts,
    bind: str,
    revision: str,
    connection: Connection | None,
    notify: Notify | None,
) -> _Way:
    def look(reading: Connection) -> _Way:
        history = history_of(project, reading)
        rows = history.rows()
        require_known(scripts.graph, rows)
        path = scripts.graph.upgrade_path(rows, revision)
        refuse_half_done(project, scripts, bind, history, path, "upgrade")
        odd = findings(scripts, history)
        if project.options.changed_revisions == "refuse":
            refuse_changed(about_files(odd))
        return _Way(bind=bind, path=path, odd=odd)

    way = _seen(project, bind, look, connection, notify)
    scripts.verify((step.id for step in way.path), project.modules)
    return way


def _way_down(
    project: Project,
    scripts: Scripts,
    bind: str,
    revision: str,
    connection: Connection | None,
    notify: Notify | None,
    *,
    accept_changed: bool,
) -> _Way:
    def look(reading: Connection) -> _Way:
        history = history_of(project, reading)
        rows = history.rows()
        require_known(scripts.graph, rows)
        path = scripts.graph.downgrade_path(rows, revision)
        refuse_half_done(project, scripts, bind, history, path, "downgrade")
        odd = findings(scripts, history)
        if not accept_changed:
            undone = {step.id for step in path}
            refuse_changed(
                [each for each in about_files(odd) if each.revision in undone],
                hint=MEND_OR_ACCEPT,
            )
        scripts.verify((step.id for step in path), project.modules)
        # What was begun has met its own end already, if there is one.
        ahead = path[1:] if journal_of(history).unfinished() is not None else path
        refuse_dead_ends(scripts, ahead, bind, reading)
        return _Way(bind=bind, path=path, odd=odd)

    return _seen(project, bind, look, connection, notify)


def _seen(
    project: Project,
    bind: str,
    look: Callable[[Connection], _Way],
    connection: Connection | None,
    notify: Notify | None,
) -> _Way:
    """What ``look`` finds; where something is half done, what it finds under the lock.

    Another process may be at work on it, or have ended it between two readings.
    """
    try:
        with connect(project, bind, connection) as reading:
            return look(reading)
    except InterruptedRevisionError:
        with writing(project, bind, notify, connection) as history:
            return look(history.connection)


def _check_start(history: History, *, path: Sequence[Revision], graph: Graph, bind: str) -> None:
    """What is asked under the lock, before the first revision runs."""
    if history.rows():
        refuse_second_run(graph, history, path)
    else:
        _refuse_existing_tables(history, path, bind)


def _refuse_existing_tables(history: History, path: Sequence[Revision], bind: str) -> None:
    created = created_tables([revision.path for revision in path], bind)
    if not created:
        return
    inspector = sa.inspect(history.connection)
    schemas = {name.schema for name in created}
    there = {(schema, name) for schema in schemas for name in inspector.get_table_names(schema)}
    clash = sorted(name for name in created if (name.schema, name.name) in there)
    if clash:
        raise HistoryError(
            f"the database has no revision yet but already has "
            f"{', '.join(map(str, clash))}, which the revisions create",
            hint="if the tables are as the revisions make them, `flask db stamp head`; "
            "if db.create_all() made them, drop them first",
        )
