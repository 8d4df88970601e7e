"""Running revisions: lock, transaction, statements, record."""

from __future__ import annotations

import logging
import random
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from flaskmig.dialects import dialect_of
from flaskmig.engine.executing.dedicated import dedicated
from flaskmig.engine.executing.live import LiveSink
from flaskmig.engine.executing.parts import Parts, way_out
from flaskmig.engine.migrating.blame import blamed, retry_reason
from flaskmig.engine.migrating.carried import LiveSchema
from flaskmig.engine.migrating.entry import call_function
from flaskmig.engine.migrating.events import (
    Direction,
    Notify,
    RevisionDone,
    RevisionRetried,
    RevisionSkipped,
    RevisionStarted,
)
from flaskmig.engine.migrating.migration import Migration, running
from flaskmig.engine.migrating.steps import RevisionFiles, Step, setting_of
from flaskmig.engine.models.metadata import Reader
from flaskmig.engine.records.history import History
from flaskmig.engine.records.journal import RevisionRecord, Unfinished, journal_of, now
from flaskmig.errors import ExecutionError, HistoryError, InterruptedRevisionError, OperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.configuration.project import Project

__all__ = ["Applied", "Step", "run"]

log = logging.getLogger("flaskmig")

TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A revision that this run carried out; ``duration_ms`` is in milliseconds."""

    revision: str
    direction: Direction
    bind: str
    duration_ms: int


def run(
    project: Project,
    bind: str,
    path: Sequence[Step],
    *,
    scripts: RevisionFiles,
    connection: Connection | None = None,
    notify: Notify | None = None,
    tag: str | None = None,
    check_start: Callable[[History], None] | None = None,
) -> list[Applied]:
    """Carry out the steps on the database of ``bind``, each exactly once.

    ``connection`` is used as it is and given back as it was; without one a dedicated connection
    is made and closed. No step at all touches nothing. ``check_start`` may raise where the
    database is at no revision and no work on it was cut off; it is called under the lock, before
    the first step. Raises ExecutionError for what the database refuses (the revision is rolled
    back), LockTimeoutError, HistoryError and InterruptedRevisionError.
    """
    applied: list[Applied] = []
    lost: Step | None = None
    while path:
        with dedicated(project.engines(bind), connection) as used:
            this = _Run(project, bind, used, scripts, notify, tag, lost, check_start)
            try:
                return this.all(path, applied)
            except ExecutionError as error:
                if connection is not None or not this.has_lost_commit(error, lost):
                    raise
                log.warning("the connection was lost at a COMMIT; looking what became of it")
                lost = this.committing
                path = path[path.index(lost) :] if lost else path
    return applied


class _Run:
    """One run over the database of one bind."""

    def __init__(
        self,
        project: Project,
        bind: str,
        connection: Connection,
        scripts: RevisionFiles,
        notify: Notify | None,
        tag: str | None,
        lost: Step | None,
        check_start: Callable[[History], None] | None,
    ) -> None:
        options = project.options
        self.lost = lost
        self.check_start = check_start
        self.committing: Step | None = None
        self.project = project
        self.bind = bind
        self.connection = connection
        self.scripts = scripts
        self.notify = notify
        self.tag = tag
        self.id = uuid.uuid4().hex
        self.dialect: Dialect = dialect_of(connection)
        self.history = History(
            connection,
            self.dialect,
            table=options.version_table,
            schema=options.version_table_schema,
        )
        self.journal = journal_of(self.history)
        self.is_callers = connection.in_transaction()

    @cached_property
    def default_schema(self) -> str | None:
        """The schema that goes unnamed; asked of the database once it is settled."""
        return self.dialect.default_schema(self.connection)

    @cached_property
    def reader(self) -> Reader:
        server = self.connection.dialect
        return Reader(self.dialect, self.default_schema, server=server, cuts_names=True)

    def has_lost_commit(self, error: ExecutionError, lost: Step | None) -> bool:
        """Whether nobody knows if the last COMMIT took effect, for the first time with this step.

        The next run finds out: it waits for the lock, which the old connection had, and then the
        history has the revision or not.
        """
        cause = error.cause
        is_gone = isinstance(cause, DBAPIError) and cause.connection_invalidated
        return is_gone and self.committing is not None and self.committing != lost

    def all(self, path: Sequence[Step], applied: list[Applied]) -> list[Applied]:
        """Every step, in order, under the lock; returns ``applied`` and what was done beside."""
        options = self.project.options
        with self.dialect.session(
            self.connection,
            key=self.history.lock_key,
            lock_wait=options.lock_wait,
            lock_timeout=options.lock_timeout,
            statement_timeout=options.statement_timeout,
        ):
            # The rows that we wrote last: while they are there, nobody else went on.
            expected: frozenset[str] | None = None
            for number, step in enumerate(path, 1):
                done, expected = self._one(step, expected, number, len(path))
                if done is not None:
                    applied.append(done)
        return applied

    def _one(
        self, step: Step, expected: frozenset[str] | None, number: int, total: int
    ) -> tuple[Applied | None, frozenset[str] | None]:
        """One step, tried again where the database chose it as the one to give way."""
        revision = step.revision
        for attempt in range(1, TRIES + 1):
            parts = self._parts(step)
            try:
                return self._attempt(parts, step, expected, number, total)
            except Exception as error:
                reason = retry_reason(error)
                is_last = attempt == TRIES or self.is_callers or parts.is_cut
                if reason is None or is_last:
                    raise
                log.info("revision %s is tried again: %s", revision.id, reason)
                self._tell_retry(revision.id, reason, attempt)
                time.sleep(random.uniform(0.05, 0.2) * 2**attempt)
        raise AssertionError("the last attempt returns or raises")

    def _attempt(
        self,
        parts: Parts,
        step: Step,
        expected: frozenset[str] | None,
        number: int,
        total: int,
    ) -> tuple[Applied | None, frozenset[str] | None]:
        started = time.monotonic()
        try:
            parts.begin()
            rows = self.history.rows()
            if rows != expected and self._is_done(step, rows):
                parts.end()
                if step == self.lost:
                    return self._done(step, started), None
                self._tell_skipped(step)
                return None, None
            if number == 1 and not rows:
                self._check_start(step)
            self._tell_started(step, number, total)
            self._prepare(parts, step)
            self._call(parts, step, rows)
            after = self._record(parts, step, started)
            self.committing = step
            parts.end()
            self.committing = None
        except BaseException as error:
            # The schema is past where these calls began, so they may well not fit it any more.
            unfit = parts.is_skipping and isinstance(error, OperationError)
            parts.fail(error, error.__traceback__)
            self.history.forget()
            self.journal.forget()
            if unfit:
                raise parts.interrupted(str(error)) from error
            wrapped = blamed(
                error,
                step.revision,
                is_cut=parts.is_cut,
                driver_error=self.connection.dialect.loaded_dbapi.Error,
            )
            if wrapped is error:
                raise
            raise wrapped from error
        return self._done(step, started), after

    def _parts(self, step: Step) -> Parts:
        revision = step.revision
        record = RevisionRecord(
            run=self.id,
            revision=revision.id,
            direction=step.direction,
            file_sha256=self.scripts.checksum(revision.id),
            parents=revision.parents,
            started_at=now(),
        )
        return Parts(
            self.connection, self.dialect, self.journal, record, divisible=not self.is_callers
        )

    def _is_done(self, step: Step, rows: frozenset[str]) -> bool:
        """Whether another process did the step; raises HistoryError where it went elsewhere."""
        graph, revision = self.scripts.graph, step.revision
        missing = [found.id for found in graph.upgrade_path(rows, revision.id)]
        if step.direction == "downgrade":
            return revision.id in missing
        if missing in ([], [revision.id]):
            return not missing
        raise HistoryError(
            f"revision {revision.id} cannot be applied: the database is at "
            f"{', '.join(sorted(rows)) or 'base'} by now",
            hint="another program changed the version table meanwhile; run the command again",
        )

    def _check_start(self, step: Step) -> None:
        if step.direction == "upgrade" and self.check_start and self.journal.unfinished() is None:
            self.check_start(self.history)

    def _prepare(self, parts: Parts, step: Step) -> None:
        """Make the tables of our own, and take up what an earlier run left half done."""
        self.history.ensure()
        self.journal.ensure()
        unfinished = self.journal.unfinished()
        if unfinished is None:
            return
        if (unfinished.revision, unfinished.direction) != (step.revision.id, step.direction):
            raise _other_unfinished(unfinished)
        record = replace(parts.record, run=unfinished.run, started_at=unfinished.started_at)
        parts.resume(unfinished, record)

    def _call(self, parts: Parts, step: Step, rows: frozenset[str]) -> None:
        before = LiveSchema(self.connection, self.dialect)
        sink = LiveSink(self.connection, self.dialect, before, parts, self.notify)
        migration = Migration(
            setting_of(self.project, self.bind, step, rows, tag=self.tag),
            dialect=self.dialect,
            reader=self.reader,
            before=before,
            default_schema=self.default_schema,
            sink=sink,
        )
        with sink.watching(), running(migration):
            module = self.scripts.load(step.revision.id, self.project.modules)
            call_function(module, step.direction, self.bind, step.revision.path)

    def _record(self, parts: Parts, step: Step, started: float) -> frozenset[str]:
        # Outside of a transaction the record would stay even though an error follows.
        parts.require_open()
        graph, revision = self.scripts.graph, step.revision.id
        rows = self.history.rows()
        if step.direction == "upgrade":
            after = graph.rows_after_upgrade(rows, revision)
        else:
            after = graph.rows_after_downgrade(rows, revision)
        self.history.replace(rows, after)
        duration = round((time.monotonic() - started) * 1000)
        parts.finish(replace(parts.record, duration_ms=duration))
        return after

    def _done(self, step: Step, started: float) -> Applied:
        duration = round((time.monotonic() - started) * 1000)
        values: dict[str, Any] = {
            "revision": step.revision.id,
            "direction": step.direction,
            "bind": self.bind,
            "duration_ms": duration,
        }
        log.debug("%s %s took %d ms", step.direction, step.revision.id, duration)
        if self.notify is not None:
            self.notify(RevisionDone(**values))
        return Applied(**values)

    def _tell_started(self, step: Step, number: int, total: int) -> None:
        revision = step.revision
        log.debug("running %s %s: %s", step.direction, revision.id, revision.message)
        if self.notify is not None:
            self.notify(
                RevisionStarted(
                    revision=revision.id,
                    parents=revision.parents,
                    message=revision.message,
                    direction=step.direction,
                    bind=self.bind,
                    number=number,
                    total=total,
                )
            )

    def _tell_skipped(self, step: Step) -> None:
        log.info("%s %s was done by another process", step.direction, step.revision.id)
        if self.notify is not None:
            self.notify(
                RevisionSkipped(revision=step.revision.id, direction=step.direction, bind=self.bind)
            )

    def _tell_retry(self, revision: str, reason: str, attempt: int) -> None:
        if self.notify is not None:
            self.notify(RevisionRetried(revision=revision, reason=reason, attempt=attempt))


def _other_unfinished(unfinished: Unfinished) -> InterruptedRevisionError:
    revision = unfinished.revision
    return InterruptedRevisionError(
        f"the {unfinished.direction} of revision {revision} was cut off and is half done",
        revision=revision,
        hint=f"run `flask db {unfinished.direction}` again so that it goes on, or "
        f"{way_out(revision, unfinished.direction, unfinished.parents)}",
    )
