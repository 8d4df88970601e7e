"""A revision that was cut off, as what stands against a command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flaskmig.engine.executing.interrupted import bind_option, other_unfinished
from flaskmig.engine.records.journal import journal_of

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.migrating.events import Direction
    from flaskmig.engine.records.history import History
    from flaskmig.engine.revisions.graph import Revision
    from flaskmig.errors import InterruptedRevisionError


def half_done(
    project: Project,
    scripts: Scripts,
    bind: str,
    history: History,
    path: Sequence[Revision] = (),
    direction: Direction = "upgrade",
) -> InterruptedRevisionError | None:
    """The error for what was cut off in the database, unless the path begins by going on with it.

    Without a ``path`` anything that was cut off is one: the database is between two revisions.
    """
    cut = journal_of(history).unfinished()
    if cut is None or (path and (path[0].id, direction) == (cut.revision, cut.direction)):
        return None
    return other_unfinished(cut, bind_option(project, bind), has_file=cut.revision in scripts.graph)


def refuse_half_done(
    project: Project,
    scripts: Scripts,
    bind: str,
    history: History,
    path: Sequence[Revision] = (),
    direction: Direction = "upgrade",
) -> None:
    """Raise InterruptedRevisionError where there is something that `half_done` would say."""
    error = half_done(project, scripts, bind, history, path, direction)
    if error is not None:
        raise error
