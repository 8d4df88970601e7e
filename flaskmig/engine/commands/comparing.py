"""The commands that compare models and databases and write nothing: check, diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.engine.commands.changed_files import changed_files, refuse_changed
from flaskmig.engine.commands.connections import connect, history_of, require_known
from flaskmig.engine.commands.detection import Detection, Difference, detect
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.reading import behind

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project


def check(project: Project, detection: Detection) -> tuple[Difference, ...]:
    """How the models differ from every database, each of which must be at the heads.

    Raises DatabaseBehindError, and ChangedRevisionError where the file of an applied revision
    is not the one that was applied. An uncertain rename counts as a drop and an add.
    """
    scripts = open_scripts(project)
    found = []
    for bind in project.binds:
        with connect(project, bind) as connection:
            history = history_of(project, connection)
            rows = history.rows()
            require_known(scripts.graph, rows)
            if rows != frozenset(scripts.graph.effective_heads):
                raise behind(scripts.graph, rows, bind)
            refuse_changed(scripts, changed_files(scripts, history, rows))
            found.append(detect(project, scripts, bind, connection, detection))
    return tuple(found)


def diff(project: Project, detection: Detection) -> tuple[Difference, ...]:
    """What `migrate` would write, also for databases that are not at the heads."""
    scripts = open_scripts(project)
    found = []
    for bind in project.binds:
        with connect(project, bind) as connection:
            found.append(detect(project, scripts, bind, connection, detection))
    return tuple(found)
