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

from sqlalchemy.exc import SQLAlchemyError

from flaskmig.dialects import dialect_of
from flaskmig.engine.executing.interrupted import FinishedElsewhere, other_unfinished
from flaskmig.engine.executing.live import LiveSink
from flaskmig.engine.executing.lost import Lost, reached, unreachable
from flaskmig.engine.executing.memory import RememberedSchema
from flaskmig.engine.executing.parts import Parts
from flaskmig.engine.migrating.blame import blamed, is_lost, retry_reason
from flaskmig.engine.migrating.carried import LiveSchema
from flaskmig.engine.migrating.entry import call_function
from flaskmig.engine.migrating.events import (
    CommitFound,
    Direction,
    LockAwaited,
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
from flaskmig.engine.records.journal import Journal, RevisionRecord, journal_of, now
from flaskmig.errors import (
    HistoryError,
    LockTimeoutError,
    OperationError,
)

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
    is made and closed. No step at all touches nothing. ``check_start`` may raise where no work
    on the database was cut off; it is called once, under the lock, before the first upgrade.
    Raises ExecutionError for what the database refuses (the revision is rolled
    back), LockTimeoutError, HistoryError and InterruptedRevisionError.
    """
    applied: list[Applied] = []
    if not path:
        return applied
    lost: Lost | None = None
    for attempt in range(1, TRIES + 1):
        with reached(project.engines(bind), connection, lost) as used:
            this = _Run(project, bind, used, scripts, notify, tag, lost, check_start)
            try:
                return this.all(path, applied)
            except Exception as error:
                lost = this.lost_at(error)
                if lost is None:
                    raise
                if connection is not None or attempt == TRIES:
                    raise lost.unsettled(error) from error
                log.warning("the connection was lost at a COMMIT; looking what became of it")
                path = path[path.index(lost.step) :]
                check_start = this.check_start
    raise AssertionError("the last attempt returns or raises")


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
        lost: Lost | None,
        check_start: Callable[[History], None] | None,
    ) -> None:
        options = project.options
        self.lost = lost
        self.check_start = check_start
        self.parts: Parts | None = None
        self.step: Step | None = None
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
        self.is_callers = connection.in_transaction()

    @cached_property
    def default_schema(self) -> str | None:
        """The schema that goes unnamed; asked of the database once it is settled."""
        return self.dialect.default_schema(self.connection)

    @cached_property
    def journal(self) -> Journal:
        """The journal, named with its schema: a revision may set another search_path."""
        journal = journal_of(self.history)
        if journal.schema is None and self.dialect.name == "postgresql":
            return Journal(
                self.connection,
                version_table=journal.version_table,
                schema=self.default_schema,
            )
        return journal

    @cached_property
    def reader(self) -> Reader:
        server = self.connection.dialect
        return Reader(self.dialect, self.default_schema, server=server, cuts_names=True)

    def lost_at(self, error: BaseException) -> Lost | None:
        """The COMMIT at which the error lost the connection, or that was to be looked for.

        The next run finds out what became of it: it waits for the lock, which the old connection
        had, and then the history has the revision or not.
        """
        if self.is_callers or not is_lost(error):
            return None
        if self.lost is not None or self.parts is None or self.step is None:
            return self.lost
        if not self.parts.is_committing:
            return None
        return Lost(step=self.step, run=self.parts.record.run, known=self.parts.known)

    def all(self, path: Sequence[Step], applied: list[Applied]) -> list[Applied]:
        """Every step, in order, under the lock; returns ``applied`` and what was done beside.

        Raises ExecutionError also where the database fails before the first of them.
        """
        try:
            return self._all(path, applied)
        except (SQLAlchemyError, self.connection.dialect.loaded_dbapi.Error) as error:
            if self.step is not None or (self.lost is not None and is_lost(error)):
                raise
            failed = self.lost.unsettled(error) if self.lost else unreachable(error)
            raise failed from error
        except LockTimeoutError as error:
            if self.lost is None:
                raise
            raise self.lost.unsettled(error) from error

    def _all(self, path: Sequence[Step], applied: list[Applied]) -> list[Applied]:
        options = self.project.options
        with self.dialect.session(
            self.connection,
            key=self.history.lock_key,
            lock_wait=options.lock_wait,
            lock_timeout=options.lock_timeout,
            statement_timeout=options.statement_timeout,
            awaited=self._tell_awaited,
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
            parts = self.parts = self._parts(step)
            self.step = step
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
        rows = expected
        try:
            parts.begin()
            self.dialect.settle(self.connection)
            rows = self.history.rows()
            is_done = rows != expected and self._is_done(step, rows)
            is_ours = self._look_for_lost(step, is_done)
            if is_done:
                parts.end()
                if is_ours:
                    self.lost = None
                    return self._done(step, started), None
                self._tell_skipped(step)
                return None, None
            self._check_start(step)
            self._tell_started(step, number, total)
            self._prepare(parts, step)
            self._call(parts, step, rows)
            after = self._record(parts, step, started)
            parts.end()
        except FinishedElsewhere as finished:
            parts.fail(finished, finished.__traceback__)
            self._tell_skipped(step)
            return None, None
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
                database_at=rows,
                caught=parts.failed,
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
            self.connection,
            self.dialect,
            self.journal,
            record,
            divisible=not self.is_callers,
            known=self.lost.known if self.lost and self.lost.step == step else None,
        )

    def _look_for_lost(self, step: Step, is_done: bool) -> bool:
        """Say what became of a COMMIT that was lost; whether it is what did the step."""
        lost = self.lost
        if lost is None or lost.step != step:
            return False
        revision = step.revision.id
        is_ours = is_done and self.journal.has_done(lost.run, revision)
        if not is_ours:
            self.lost = None
        became = "it was committed" if is_ours else "it was not committed as a whole"
        log.warning("the connection was lost at a COMMIT of revision %s; %s", revision, became)
        if self.notify is not None:
            self.notify(CommitFound(revision=revision, bind=self.bind, is_done=is_ours))
        return is_ours

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
        """Let the caller look, once, under the lock and before the first revision of this run."""
        if step.direction == "upgrade" and self.check_start and self.journal.unfinished() is None:
            self.check_start(self.history)
        self.check_start = None

    def _prepare(self, parts: Parts, step: Step) -> None:
        """Make the tables of our own, and take up what an earlier run left half done."""
        self.history.ensure()
        self.journal.ensure()
        unfinished = self.journal.unfinished()
        if unfinished is None:
            return
        if (unfinished.revision, unfinished.direction) != (step.revision.id, step.direction):
            raise other_unfinished(unfinished)
        record = replace(parts.record, run=unfinished.run, started_at=unfinished.started_at)
        parts.resume(unfinished, record)

    def _call(self, parts: Parts, step: Step, rows: frozenset[str]) -> None:
        before = RememberedSchema(LiveSchema(self.connection, self.dialect), parts.memory)
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
        self.dialect.settle(self.connection)
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

    def _tell_awaited(self, holder: str) -> None:
        log.info("another upgrade is running: %s", holder or "who it is cannot be seen")
        if self.notify is not None:
            self.notify(LockAwaited(holder=holder, bind=self.bind))

    def _tell_retry(self, revision: str, reason: str, attempt: int) -> None:
        if self.notify is not None:
            self.notify(RevisionRetried(revision=revision, reason=reason, attempt=attempt))
