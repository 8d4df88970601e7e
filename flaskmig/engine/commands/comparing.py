"""The commands that compare the models with every database: check, diff."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flaskmig.engine.commands.changed_files import about_files, refuse_changed, warnings
from flaskmig.engine.commands.connections import connect, history_of, require_known
from flaskmig.engine.commands.detection import Detection, Difference, detect
from flaskmig.engine.commands.findings import findings
from flaskmig.engine.commands.half_done import half_done
from flaskmig.engine.commands.located import located
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.reading import behind
from flaskmig.engine.commands.side import DATABASE, MODELS, Side
from flaskmig.errors import HistoryError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.operations import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `check` found of one database.

    ``pending`` are the revisions that it has not had, ``changed`` the applied ones whose file is
    another than was applied, or gone. ``error`` says what of that is wrong; ``difference`` is None
    where the database is not at the heads, and so was not compared. ``warnings`` are what else is
    odd about its version table.
    """

    bind: str
    current: tuple[str, ...]
    heads: tuple[str, ...]
    pending: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    error: HistoryError | None = None
    difference: Difference | None = None
    warnings: tuple[str, ...] = ()

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What would make the database like the models."""
        return self.difference.operations if self.difference is not None else ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Lines for people."""
        return self.difference.notes if self.difference is not None else ()

    @property
    def is_ok(self) -> bool:
        return self.error is None and not self.operations

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`; ``operations`` is null where nothing was compared."""
        found = {} if self.difference is None else self.difference.to_json()
        return {
            "bind": self.bind or "default",
            "is_ok": self.is_ok,
            "error": self.error.message if self.error is not None else None,
            "current": list(self.current),
            "heads": list(self.heads),
            "pending": list(self.pending),
            "changed": list(self.changed),
            "warnings": list(self.warnings),
            "operations": None,
            **found,
        }


def check(project: Project, detection: Detection) -> tuple[Checked, ...]:
    """How the models differ from every database, and what else stands against a release.

    An uncertain rename counts as a drop and an add.
    """
    scripts = open_scripts(project)
    found = []
    for bind in project.binds:
        with connect(project, bind) as connection:
            found.append(_checked(project, scripts, bind, connection, detection))
    return tuple(found)


def _checked(
    project: Project, scripts: Scripts, bind: str, connection: Connection, detection: Detection
) -> Checked:
    history = history_of(project, connection)
    rows = history.rows()
    scripts = located(scripts, history)
    graph = scripts.graph
    found = Checked(bind=bind, current=tuple(sorted(rows)), heads=tuple(graph.effective_heads))
    try:
        require_known(graph, rows)
    except HistoryError as error:
        return replace(found, error=error)
    cut = half_done(project, scripts, bind, history)
    odd = findings(scripts, history)
    changed = about_files(odd)
    found = replace(
        found,
        changed=tuple(each.revision for each in changed),
        warnings=(*scripts.left_out, *warnings(each for each in odd if each not in changed)),
    )
    if rows != frozenset(graph.effective_heads):
        if cut is not None:
            found = replace(found, warnings=(cut.message, *found.warnings))
        pending = tuple(step.id for step in graph.upgrade_path(rows, "heads"))
        return replace(found, pending=pending, error=behind(graph, rows, bind))
    if cut is not None:
        return replace(found, error=cut)
    try:
        refuse_changed(changed)
    except HistoryError as error:
        found = replace(found, error=error)
    return replace(found, difference=detect(project, scripts, bind, connection, detection))


def diff(
    project: Project,
    detection: Detection,
    *,
    source: Side = DATABASE,
    target: Side = MODELS,
) -> tuple[Difference, ...]:
    """What makes ``target`` of ``source``; by default what `migrate` would write.

    The databases need not be at the heads. Raises ConfigurationError for sides that are the same,
    cannot be reached or read, or are of different kinds of databases.
    """
    if (source, target) != (DATABASE, MODELS):
        from flaskmig.engine.commands.between import between

        return (between(project, detection, source, target),)
    scripts = open_scripts(project)
    found = []
    for bind in project.binds:
        with connect(project, bind) as connection:
            difference = detect(project, scripts, bind, connection, detection)
            cut = half_done(project, scripts, bind, history_of(project, connection))
            if cut is not None:
                difference = replace(difference, notes=(cut.message, *difference.notes))
            found.append(difference)
    return tuple(found)
