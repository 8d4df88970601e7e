"""The command that compares and writes: migrate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.engine.commands.authoring import (
    Placement,
    Written,
    new_parents,
    write_directed,
)
from flaskmig.engine.commands.connections import connect, history_of, require_known
from flaskmig.engine.commands.detection import Detection, Difference, detect, require_used
from flaskmig.engine.commands.half_done import refuse_half_done
from flaskmig.engine.commands.located import located
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.reading import behind
from flaskmig.engine.files.scripts import Scripts

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project


def migrate(
    project: Project, placement: Placement, detection: Detection, *, verify: bool | None = None
) -> Written:
    """Compare the models with every database and write the differences as one revision.

    The databases must be at the heads, and none in the middle of a revision. Nothing is written
    where nothing differs. ``verify`` says whether the file is tried before it is written, None
    as the options say; raises UnprovenRevisionError where it does not do what it is for.
    """
    verify = project.options.verify if verify is None else verify
    scripts = open_scripts(project)
    new_parents(scripts.graph, placement.head, splice=placement.splice)
    differences = tuple(_difference(project, scripts, bind, detection) for bind in project.binds)
    require_used(detection, differences)
    return write_directed(
        project, scripts, placement, differences, is_generated=True, verify=verify
    )


def _difference(project: Project, scripts: Scripts, bind: str, detection: Detection) -> Difference:
    with connect(project, bind) as connection:
        history = history_of(project, connection)
        rows = history.rows()
        scripts = located(scripts, history)
        require_known(scripts.graph, rows)
        refuse_half_done(project, scripts, bind, history)
        if rows != frozenset(scripts.graph.effective_heads):
            raise behind(scripts.graph, rows, bind)
        return detect(project, scripts, bind, connection, detection, for_file=True)
