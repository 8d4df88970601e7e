"""One step, carried out once on a database: what an attempt at it does, from look to record."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from flaskmig.engine.executing.interrupted import bind_option, other_unfinished
from flaskmig.engine.executing.live import LiveSink
from flaskmig.engine.executing.memory import RememberedSchema
from flaskmig.engine.executing.parts import Parts
from flaskmig.engine.executing.progress import Progress
from flaskmig.engine.executing.reach import Reach
from flaskmig.engine.executing.version_hooks import tell_of_revision
from flaskmig.engine.migrating.entry import run_revision
from flaskmig.engine.migrating.live_schema import LiveSchema
from flaskmig.engine.migrating.migration import Migration, running
from flaskmig.engine.migrating.steps import rows_after, setting_of
from flaskmig.engine.records.journal_rows import RevisionRecord
from flaskmig.engine.records.moments import now
from flaskmig.errors import HistoryError

if TYPE_CHECKING:
    from flaskmig.engine.executing.database import Database
    from flaskmig.engine.migrating.events import Notify
    from flaskmig.engine.migrating.steps import RevisionFiles, Step


class Attempt:
    """A step with the parts that it is carried out in.

    ``run`` is what the journal calls the run. ``known`` is what an earlier attempt knew of a
    statement outside of a transaction when its connection was lost (`Progress`).
    """

    def __init__(
        self,
        database: Database,
        scripts: RevisionFiles,
        step: Step,
        *,
        run: str,
        divisible: bool,
        known: tuple[int, bool] | None,
    ) -> None:
        self._database = database
        self._scripts = scripts
        self.step = step
        self.started = time.monotonic()
        revision = step.revision
        record = RevisionRecord(
            run=run,
            revision=revision.id,
            direction=step.direction,
            file_sha256=scripts.checksum(revision.id),
            parents=revision.parents,
            started_at=now(),
        )
        self.progress = Progress(database.journal, record, known)
        self.parts = Parts(
            database.connection, database.dialect, self.progress, divisible=divisible
        )

    def is_done(self, rows: frozenset[str]) -> bool:
        """Whether another process did the step; raises HistoryError where it went elsewhere."""
        graph, revision = self._scripts.graph, self.step.revision
        if all(row in graph for row in rows):
            missing = [found.id for found in graph.upgrade_path(rows, revision.id)]
            if self.step.direction == "downgrade":
                return revision.id in missing
            if missing in ([], [revision.id]):
                return not missing
        verb = "applied" if self.step.direction == "upgrade" else "undone"
        raise HistoryError(
            f"revision {revision.id} cannot be {verb}: the database is at "
            f"{', '.join(sorted(rows)) or 'base'} by now",
            hint="another program changed the version table meanwhile; run the command again",
        )

    def prepare(self) -> None:
        """Make the tables of our own, and take up what an earlier run left half done."""
        database, step = self._database, self.step
        journal = database.journal
        database.history.ensure()
        journal.ensure()
        unfinished = journal.unfinished()
        if unfinished is None:
            return
        if (unfinished.revision, unfinished.direction) != (step.revision.id, step.direction):
            raise other_unfinished(
                unfinished,
                bind_option(database.project, database.bind),
                has_file=unfinished.revision in self._scripts.graph,
            )
        record = replace(self.progress.record, run=unfinished.run, started_at=unfinished.started_at)
        self.progress.resume(unfinished, record)

    def call(self, rows: frozenset[str], *, tag: str | None, notify: Notify | None) -> None:
        """Run the function of the revision; ``rows`` are the version rows before it."""
        database, step = self._database, self.step
        connection, dialect = database.connection, database.dialect
        before = RememberedSchema(LiveSchema(connection, dialect), self.progress.memory)
        sink = LiveSink(
            connection,
            dialect,
            before,
            self.parts,
            notify,
            reach=Reach(connection.engine, database.project, database.bind),
        )
        migration = Migration(
            setting_of(database.project, database.bind, step, rows, tag=tag),
            dialect=dialect,
            reader=database.reader,
            before=before,
            default_schema=database.default_schema,
            sink=sink,
        )
        with sink.watching(), running(migration), database.project.surroundings():
            run_revision(database.project, self._scripts, step, database.bind)

    def record(self) -> frozenset[str]:
        """Write the version rows, which are returned, and that the revision is done."""
        # Outside of a transaction the record would stay even though an error follows.
        self.parts.require_open()
        database = self._database
        database.dialect.settle(database.connection)
        graph = self._scripts.graph
        rows = database.history.rows()
        after = rows_after(graph, rows, self.step)
        database.history.replace(rows, after)
        self.progress.finish(replace(self.progress.record, duration_ms=self.duration_ms()))
        tell_of_revision(
            database.project.options,
            database.connection,
            graph,
            self.step.revision,
            after,
            is_upgrade=self.step.direction == "upgrade",
        )
        return after

    def duration_ms(self) -> int:
        """How long it has taken so far, in milliseconds."""
        return round((time.monotonic() - self.started) * 1000)
