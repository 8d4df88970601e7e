"""One step, carried out once on a database: what an attempt at it does, from look to record."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

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
from flaskmig.engine.records.ending import ending, refused
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
            replaces=revision.replaces,
        )
        self.progress = Progress(database.journal, record, known)
        self.parts = Parts(
            database.connection, database.dialect, self.progress, divisible=divisible
        )

    def begin(self) -> frozenset[str]:
        """Begin the first part, with the settings of the session; returns the version rows."""
        database = self._database
        question = database.history.question
        found = self.parts.begin(question)
        database.dialect.settle(database.connection)
        return database.history.read(found) if question else database.history.rows()

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
        if not journal.has_unfinished(database.dialect.epoch(database.connection)):
            return
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

    def call(
        self,
        rows: frozenset[str],
        options: Mapping[str, Any],
        *,
        tag: str | None,
        notify: Notify | None,
    ) -> None:
        """Run the function of the revision; ``rows`` are the version rows before it.

        ``options`` are those of `options_of` for the run.
        """
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
            events=database.events,
        )
        migration = Migration(
            setting_of(database.project, database.bind, step, rows, tag=tag, options=options),
            dialect=dialect,
            reader=database.reader,
            before=before,
            default_schema=database.default_schema,
            sink=sink,
        )
        with sink.watching(), running(migration), database.project.surroundings():
            run_revision(database.project, self._scripts, step, database.bind)

    def record(self, rows: frozenset[str]) -> frozenset[str]:
        """Write the version rows, which are returned, and that the revision is done.

        ``rows`` are those that were there when it began. They are there still where all of it is
        one part and the file ran nothing by itself; and each that is replaced must be there.
        """
        # Outside of a transaction the record would stay even though an error follows.
        parts, database = self.parts, self._database
        parts.require_open()
        database.dialect.settle(database.connection)
        graph = self._scripts.graph
        if parts.is_lent or parts.number > 1:
            rows = database.history.rows()
        after = rows_after(graph, rows, self.step)
        record = replace(self.progress.record, duration_ms=self.duration_ms())
        if self._is_for_commit(rows, after, record):
            return after
        database.history.replace(rows, after)
        self.progress.finish(record)
        if database.project.options.on_version_apply:
            parts.lend()
        tell_of_revision(
            database.project.options,
            database.connection,
            graph,
            self.step.revision,
            after,
            is_upgrade=self.step.direction == "upgrade",
        )
        return after

    def _is_for_commit(
        self, rows: frozenset[str], after: frozenset[str], record: RevisionRecord
    ) -> bool:
        """Whether what is to be written goes with the COMMIT, which saves two ways to a server."""
        parts, database = self.parts, self._database
        if parts.is_lent or parts.number > 1 or self.progress.is_cut:
            return False
        if database.project.options.on_version_apply or database.dialect.name == "sqlite":
            return False
        last = ending(database.history, database.journal, rows, after, record)
        return bool(last) and database.dialect.commit_with(database.connection, last)

    def end(self) -> None:
        """Commit the part that is open; raises HistoryError where a version row is gone."""
        database = self._database
        try:
            self.parts.end()
        except DBAPIError as error:
            gone = refused(error, database.history, database.journal)
            if gone is None:
                raise
            raise gone from error

    def duration_ms(self) -> int:
        """How long it has taken so far, in milliseconds."""
        return round((time.monotonic() - self.started) * 1000)
