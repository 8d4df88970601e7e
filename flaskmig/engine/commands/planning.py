"""What upgrading, downgrading and stamping would run: plans, and scripts for ``--sql``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flaskmig.dialects import dialect_of
from flaskmig.engine.commands.connections import connect, history_of
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.starting import refuse_start
from flaskmig.engine.commands.ways import Ways
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.migrating.steps import Step
from flaskmig.engine.plans import planning
from flaskmig.engine.plans.sql_script import sql_script
from flaskmig.engine.records.journal import journal_of
from flaskmig.errors import RevisionError, UnsupportedOperationError

if TYPE_CHECKING:
    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.migrating.events import Direction
    from flaskmig.engine.plans.planned import Note, Plan
    from flaskmig.engine.revisions.graph import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What upgrading one database would run; ``version_table`` makes that table, if it must."""

    bind: str
    plan: Plan
    version_table: str | None = None

    def sql(self) -> str:
        """The plan as a script, "" where there is nothing to do."""
        return sql_script(self.plan, version_table=self.version_table) if self.plan else ""

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {**self.plan.to_json(), "bind": self.bind or "default"}


def plan(project: Project, revision: str = "head") -> tuple[Planned, ...]:
    """What upgrading every database to the revision would run; nothing is changed.

    Raises what `upgrade` raises before anything runs: HistoryError and InterruptedRevisionError
    where a database is not as it would need it.
    """
    ways = Ways(
        project=project,
        scripts=open_scripts(project),
        revision=revision,
        connection=None,
        notify=None,
    )
    found = []
    for bind in project.binds:
        with connect(project, bind) as connection:
            history = history_of(project, connection)
            way = ways.up_from(bind, connection)
            # What was begun has met this already.
            if way.path and journal_of(history).unfinished() is None:
                refuse_start(history, way=way)
            planned = planning.plan(
                project,
                bind,
                _steps(way.path, "upgrade"),
                scripts=way.scripts,
                connection=connection,
                rows=history.rows(),
            )
            table = None
            if not history.exists():
                table = planning.version_table_script(project, dialect_of(connection))
        found.append(Planned(bind=bind, plan=planned, version_table=table))
    return tuple(found)


def upgrade_script(project: Project, revision: str = "head", *, tag: str | None = None) -> str:
    """The script that upgrades from base, or of ``from:to`` from there, without a database.

    Raises UnsupportedOperationError where a revision does what no script can, naming each.
    """
    start, end = _ends(revision, default_start="base")
    scripts = open_scripts(project).at((start,))
    rows = scripts.graph.resolve(start)
    path = _steps(scripts.graph.upgrade_path(rows, end), "upgrade")
    return _script(project, scripts, path, rows, tag)


def downgrade_script(project: Project, revision: str = "-1", *, tag: str | None = None) -> str:
    """The script that downgrades ``from:to``; ``-1`` is one step down from the head.

    Raises RevisionError without a range, and what `upgrade_script` raises.
    """
    if ":" not in revision and revision != "-1":
        raise RevisionError(
            f"a script down to {revision} needs to know where it starts",
            hint=f"flask db downgrade --sql FROM:{revision}",
        )
    start, end = _ends(revision, default_start="heads")
    scripts = open_scripts(project).at((start, end))
    rows = scripts.graph.resolve(start)
    path = _steps(scripts.graph.downgrade_path(rows, end), "downgrade")
    return _script(project, scripts, path, rows, tag)


def stamp_script(
    project: Project, revisions: Sequence[str] = ("head",), *, purge: bool = False
) -> str:
    """The script that stamps a database at base, or of ``from:to`` one that is there."""
    if purge:
        raise RevisionError(
            "--purge reads the database, and --sql does not",
            hint="flask db stamp --sql FROM:TO says what was there",
        )
    graph = open_scripts(project).graph
    start, first = _ends(revisions[0], default_start="base")
    rows = frozenset(graph.resolve(start))
    after = graph.rows_after_stamp(rows, [first, *revisions[1:]])

    def lines(dialect: Dialect) -> Iterator[str]:
        yield "BEGIN"
        if not rows:
            yield planning.version_table_script(project, dialect)
        yield from planning.rows_script(project, dialect, rows, after)
        yield "COMMIT"

    return _for_each_bind(
        project, lambda bind: "\n\n".join(f"{line};" for line in lines(_dialect(project, bind)))
    )


def ensure_version_script(project: Project) -> str:
    """The statement that makes the version table."""
    return _for_each_bind(
        project,
        lambda bind: f"{planning.version_table_script(project, _dialect(project, bind))};",
    )


def _ends(revision: str, *, default_start: str) -> tuple[str, str]:
    start, colon, end = revision.partition(":")
    return (start or "base", end or "head") if colon else (default_start, revision)


def _steps(path: Sequence[Revision], direction: Direction) -> list[Step]:
    return [Step(revision=revision, direction=direction) for revision in path]


def _dialect(project: Project, bind: str) -> Dialect:
    return dialect_of(project.engines(bind))


def _script(
    project: Project,
    scripts: Scripts,
    path: Sequence[Step],
    rows: Sequence[str],
    tag: str | None,
) -> str:
    def text(bind: str) -> str:
        dialect = _dialect(project, bind)
        found = planning.script(
            project, bind, path, scripts=scripts, dialect=dialect, rows=rows, tag=tag
        )
        if found.notes:
            raise _incomplete(found.notes)
        table = None if rows else planning.version_table_script(project, dialect)
        return sql_script(found, version_table=table) if path else ""

    return _for_each_bind(project, text)


def _for_each_bind(project: Project, text: Callable[[str], str]) -> str:
    parts = []
    for bind in project.binds:
        title = f"-- bind {bind or 'default'}\n\n" if len(project.binds) > 1 else ""
        parts.append(title + text(bind))
    return "\n".join(parts)


def _incomplete(notes: Sequence[Note]) -> UnsupportedOperationError:
    lines = "\n".join(f"  {note}" for note in notes)
    return UnsupportedOperationError(
        f"no script can be written for these revisions:\n{lines}",
        hint="run `flask db upgrade` with the database, or give a range without them",
    )
