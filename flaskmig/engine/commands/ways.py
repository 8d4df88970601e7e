"""What is to run on each database of a project, looked at before any of them is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flaskmig.engine.commands.changed_files import MEND_OR_ACCEPT, about_files, refuse_changed
from flaskmig.engine.commands.connections import connect, history_of, require_known
from flaskmig.engine.commands.findings import findings
from flaskmig.engine.commands.half_done import refuse_half_done
from flaskmig.engine.commands.located import located
from flaskmig.engine.records.journal import journal_of
from flaskmig.errors import InterruptedRevisionError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.commands.findings import Finding
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.migrating.events import Direction, Notify
    from flaskmig.engine.records.history import History
    from flaskmig.engine.revisions.graph import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What is to run on one database, in order, and what was found odd about it before.

    ``scripts`` are the files as that database needs them.
    """

    bind: str
    scripts: Scripts
    path: list[Revision]
    odd: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways of the databases to ``revision``; ``connection`` is read from where it is given."""

    project: Project
    scripts: Scripts
    revision: str
    connection: Connection | None
    notify: Notify | None

    def up(self, bind: str) -> Way:
        """The way up of one database; raises what `upgrade` raises before anything runs."""

        way = self._seen(bind, lambda reading: self.up_from(bind, reading))
        way.scripts.verify((step.id for step in way.path), self.project.modules)
        return way

    def up_from(self, bind: str, reading: Connection) -> Way:
        """The way up as one look at a database shows it; the files are not read whole."""
        way = self._way(bind, history_of(self.project, reading), "upgrade")
        refuse_changed([each for each in way.odd if each.kind == "moved"])
        if self.project.options.changed_revisions == "refuse":
            refuse_changed(about_files(way.odd))
        return way

    def down(self, bind: str, *, accept_changed: bool) -> Way:
        """The way down of one database; raises what `downgrade` raises before anything runs."""

        from flaskmig.engine.commands.way_down import refuse_dead_ends

        def look(reading: Connection) -> Way:
            history = history_of(self.project, reading)
            way = self._way(bind, history, "downgrade")
            undone = {step.id for step in way.path}
            odd = [each for each in about_files(way.odd) if each.revision in undone]
            # Below one that was moved, the version table would name what never ran.
            stops = [each for each in odd if each.kind == "moved" or not accept_changed]
            refuse_changed(stops, hint=MEND_OR_ACCEPT)
            way.scripts.verify((step.id for step in way.path), self.project.modules)
            # What was begun has met its own end already, if there is one.
            ahead = way.path[1:] if journal_of(history).unfinished() is not None else way.path
            refuse_dead_ends(way.scripts, ahead, bind, reading)
            return way

        return self._seen(bind, look)

    def _way(self, bind: str, history: History, direction: Direction) -> Way:
        rows = history.rows()
        scripts = located(self.scripts, history)
        graph = scripts.graph
        require_known(graph, rows)
        find = graph.upgrade_path if direction == "upgrade" else graph.downgrade_path
        path = find(rows, self.revision)
        refuse_half_done(self.project, scripts, bind, history, path, direction)
        return Way(bind=bind, scripts=scripts, path=path, odd=findings(scripts, history))

    def _seen(self, bind: str, look: Callable[[Connection], Way]) -> Way:
        """What ``look`` finds; where something is half done, what it finds under the lock.

        Another process may be at work on it, or have ended it between two readings.
        """
        try:
            with connect(self.project, bind, self.connection) as reading:
                return look(reading)
        except InterruptedRevisionError:
            from flaskmig.engine.commands.writing import writing

            with writing(self.project, bind, self.notify, self.connection) as history:
                return look(history.connection)
