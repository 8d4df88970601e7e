"""The commands that change databases: upgrade, downgrade, stamp, ensure_version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from flaskmig.dialects import dialect_of
from flaskmig.engine.commands.changed_files import (
    MEND_OR_ACCEPT,
    changed_files,
    describe_changed,
    refuse_changed,
)
from flaskmig.engine.commands.connections import (
    connect,
    history_of,
    require_known,
    require_single_database,
)
from flaskmig.engine.commands.opening import open_scripts, require_single
from flaskmig.engine.commands.settling import settle
from flaskmig.engine.executing import execute
from flaskmig.engine.files.managed import created_tables
from flaskmig.engine.migrating.steps import Step
from flaskmig.errors import HistoryError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.executing.execute import Applied
    from flaskmig.engine.migrating.events import Notify
    from flaskmig.engine.records.history import History
    from flaskmig.engine.revisions.graph import Revision


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
    tables that the revisions create, InvalidRevisionFileError, and what `execute.run` raises.
    """
    require_single(revision, "upgrade")
    if connection is not None:
        require_single_database(project)
    scripts = open_scripts(project)
    done = []
    for bind in project.binds:
        with connect(project, bind, connection) as reading:
            history = history_of(project, reading)
            rows = history.rows()
            require_known(scripts.graph, rows)
            changed = changed_files(scripts, history, rows)
            if project.options.changed_revisions == "refuse":
                refuse_changed(scripts, changed)
            path = scripts.graph.upgrade_path(rows, revision)
        scripts.verify((step.id for step in path), project.modules)
        steps = [Step(revision=step, direction="upgrade") for step in path]
        applied = execute.run(
            project,
            bind,
            steps,
            scripts=scripts,
            connection=connection,
            notify=notify,
            tag=tag,
            check_start=partial(_refuse_existing_tables, path=path, bind=bind),
        )
        warnings = describe_changed(scripts, changed)
        done.append(Ran(bind=bind, applied=tuple(applied), warnings=warnings))
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
    unless ``accept_changed`` says that its downgrade() is right as it is now; and, as for the
    rest, what `upgrade` raises.
    """
    require_single(revision, "downgrade")
    if connection is not None:
        require_single_database(project)
    scripts = open_scripts(project)
    done = []
    for bind in project.binds:
        with connect(project, bind, connection) as reading:
            history = history_of(project, reading)
            rows = history.rows()
            require_known(scripts.graph, rows)
            path = scripts.graph.downgrade_path(rows, revision)
            undone = {step.id for step in path}
            changed = [id_ for id_ in changed_files(scripts, history, rows) if id_ in undone]
            if not accept_changed:
                refuse_changed(scripts, changed, hint=MEND_OR_ACCEPT)
        scripts.verify((step.id for step in path), project.modules)
        steps = [Step(revision=step, direction="downgrade") for step in path]
        applied = execute.run(
            project, bind, steps, scripts=scripts, connection=connection, notify=notify, tag=tag
        )
        warnings = describe_changed(scripts, changed)
        done.append(Ran(bind=bind, applied=tuple(applied), warnings=warnings))
    return tuple(done)


def stamp(
    project: Project, revisions: Sequence[str] = ("head",), *, purge: bool = False
) -> tuple[Stamped, ...]:
    """Say that every database is at the revisions, and run none.

    ``purge`` forgets what a database says of itself, also where no file has it. A revision that
    was cut off counts as done or as never begun from then on.
    """
    scripts = open_scripts(project)
    graph = scripts.graph
    done = []
    for bind in project.binds:
        with _writing(project, bind) as history:
            before = history.rows()
            if not purge:
                require_known(graph, before)
            after = graph.rows_after_stamp(frozenset() if purge else before, revisions)
            history.replace(before, after)
            settle(scripts, history, () if purge else revisions, before, after)
        done.append(Stamped(bind=bind, before=before, after=after))
    return tuple(done)


def ensure_version(project: Project) -> None:
    """Make the version table of every database, where it is not there."""
    for bind in project.binds:
        with _writing(project, bind):
            pass


@contextmanager
def _writing(project: Project, bind: str) -> Iterator[History]:
    """The version table, there and locked, in a transaction of its own."""
    options = project.options
    with connect(project, bind) as connection:
        dialect = dialect_of(connection)
        history = history_of(project, connection)
        with (
            dialect.session(
                connection,
                key=history.lock_key,
                lock_wait=options.lock_wait,
                lock_timeout=options.lock_timeout,
                statement_timeout=options.statement_timeout,
            ),
            dialect.step(connection),
        ):
            history.ensure()
            yield history


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
