"""The commands that run revisions: upgrade, downgrade."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from flaskmig.engine.commands.changed_files import warnings
from flaskmig.engine.commands.connections import require_single_database
from flaskmig.engine.commands.opening import open_scripts, require_single
from flaskmig.engine.commands.starting import refuse_start
from flaskmig.engine.commands.ways import Way, Ways
from flaskmig.errors import HistoryError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.commands.findings import Finding
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.executing.execute import Applied
    from flaskmig.engine.migrating.events import Direction, Notify
    from flaskmig.engine.records.history import History


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
    ways = _ways(project, revision, "upgrade", connection, notify)
    return tuple([_upgraded(ways, way, tag) for way in [ways.up(bind) for bind in project.binds]])


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
    ways = _ways(project, revision, "downgrade", connection, notify)
    found = [ways.down(bind, accept_changed=accept_changed) for bind in project.binds]
    return tuple([_ran(way, _run(ways, way, "downgrade", tag), way.odd) for way in found])


def _ways(
    project: Project,
    revision: str,
    direction: Direction,
    connection: Connection | None,
    notify: Notify | None,
) -> Ways:
    require_single(revision, direction)
    if connection is not None:
        require_single_database(project)
    return Ways(
        project=project,
        scripts=open_scripts(project),
        revision=revision,
        connection=connection,
        notify=notify,
    )


def _upgraded(ways: Ways, way: Way, tag: str | None) -> Ran:
    applied: list[Applied] = []
    while True:
        try:
            _run(ways, way, "upgrade", tag, applied, partial(refuse_start, way=way))
            break
        except HistoryError:
            # A program that does not know of the squashed revision went on along the old ones.
            again = ways.up(way.bind) if ways.scripts.replacers else way
            if again.scripts.graph.as_given == way.scripts.graph.as_given:
                raise
            way = again
    run = {step.id for step in way.path}
    still = (each for each in way.odd if each.kind != "lost" or each.revision not in run)
    return _ran(way, applied, still)


def _run(
    ways: Ways,
    way: Way,
    direction: Direction,
    tag: str | None,
    applied: list[Applied] | None = None,
    check_start: Callable[[History], None] | None = None,
) -> list[Applied]:
    if not way.path:
        # The modules that run revisions take longer to import than all of this.
        return []
    from flaskmig.engine.executing import execute
    from flaskmig.engine.migrating.steps import Step

    return execute.run(
        ways.project,
        way.bind,
        [Step(revision=step, direction=direction) for step in way.path],
        scripts=way.scripts,
        connection=ways.connection,
        notify=ways.notify,
        tag=tag,
        check_start=check_start,
        applied=applied,
    )


def _ran(way: Way, applied: Sequence[Applied], odd: Iterable[Finding]) -> Ran:
    return Ran(
        bind=way.bind,
        applied=tuple(applied),
        warnings=(*way.scripts.left_out, *warnings(odd)),
    )
