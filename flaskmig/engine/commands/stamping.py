"""The commands that only write the version table: stamp, ensure_version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flaskmig.engine.commands.connections import require_known
from flaskmig.engine.commands.opening import open_scripts
from flaskmig.engine.commands.settling import settle
from flaskmig.engine.commands.writing import writing
from flaskmig.engine.executing.version_hooks import tell_of_stamp

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.migrating.events import Notify


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
    everywhere = open_scripts(project)
    done = []
    for bind in project.binds:
        with writing(project, bind, notify) as history:
            before = history.texts() if purge else history.rows()
            kept = frozenset[str]() if purge else before
            scripts = everywhere.at((*kept, *revisions))
            graph = scripts.graph
            require_known(graph, kept)
            after = graph.rows_after_stamp(kept, revisions)
            if purge:
                history.clear()
            history.replace(kept, after)
            settle(scripts, history, () if purge else revisions, before, after)
            tell_of_stamp(project.options, history.connection, graph, before, after)
        done.append(Stamped(bind=bind, before=before, after=after))
    return tuple(done)


def ensure_version(project: Project) -> None:
    """Make the version table of every database, where it is not there."""
    for bind in project.binds:
        with writing(project, bind):
            pass
