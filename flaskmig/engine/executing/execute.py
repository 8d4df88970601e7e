"""Running revisions: lock, transaction, statements, record."""

from __future__ import annotations

import logging
import random
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from flaskmig.engine.executing.attempt import Attempt
from flaskmig.engine.executing.database import Database
from flaskmig.engine.executing.interrupted import FinishedElsewhere
from flaskmig.engine.executing.lost import Lost, reached, unreachable
from flaskmig.engine.executing.telling import Telling
from flaskmig.engine.files.serving import held_ready
from flaskmig.engine.migrating.blame import blamed, is_lost, retry_reason
from flaskmig.engine.migrating.engines import answering
from flaskmig.engine.migrating.events import Direction, Notify
from flaskmig.engine.migrating.steps import RevisionFiles, Step, options_of
from flaskmig.errors import LockTimeoutError, OperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.records.history import History

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
    applied: list[Applied] | None = None,
) -> list[Applied]:
    """Carry out the steps on the database of ``bind``, each exactly once.

    ``connection`` is used as it is and given back as it was; without one a dedicated connection
    is made and closed. No step at all touches nothing. ``check_start`` may raise where no work
    on the database was cut off; it is called once, under the lock, before the first upgrade.
    What was done is put into ``applied``, which is returned, also where an error follows.
    Raises ExecutionError for what the database refuses (the revision is rolled
    back), LockTimeoutError, HistoryError and InterruptedRevisionError.
    """
    applied = [] if applied is None else applied
    if not path:
        return applied
    lost: Lost | None = None
    for attempt in range(1, TRIES + 1):
        with answering(None), reached(project.engines(bind), connection, lost) as used:
            this = _Run(Database(project, bind, used), scripts, notify, tag, lost, check_start)
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
        database: Database,
        scripts: RevisionFiles,
        notify: Notify | None,
        tag: str | None,
        lost: Lost | None,
        check_start: Callable[[History], None] | None,
    ) -> None:
        self.lost = lost
        self.check_start = check_start
        self.attempt: Attempt | None = None
        self.database = database
        self.scripts = scripts
        self.notify = notify
        self.telling = Telling(database.bind, notify)
        self.tag = tag
        self.id = uuid.uuid4().hex
        self.is_callers = database.connection.in_transaction()

    @cached_property
    def _options(self) -> dict[str, Any]:
        return options_of(self.database.project, self.database.bind, self.tag)

    def lost_at(self, error: BaseException) -> Lost | None:
        """The COMMIT at which the error lost the connection, or that was to be looked for.

        The next run finds out what became of it: it waits for the lock, which the old connection
        had, and then the history has the revision or not.
        """
        if self.is_callers or not is_lost(error):
            return None
        if self.lost is not None or self.attempt is None:
            return self.lost
        progress = self.attempt.progress
        if not progress.is_committing:
            return None
        return Lost(step=self.attempt.step, run=progress.record.run, known=progress.known)

    def all(self, path: Sequence[Step], applied: list[Applied]) -> list[Applied]:
        """Every step, in order, under the lock; returns ``applied`` and what was done beside.

        Raises ExecutionError also where the database fails before the first of them.
        """
        try:
            return self._all(path, applied)
        except (SQLAlchemyError, self.database.connection.dialect.loaded_dbapi.Error) as error:
            if self.attempt is not None or (self.lost is not None and is_lost(error)):
                raise
            failed = self.lost.unsettled(error) if self.lost else unreachable(error)
            raise failed from error
        except LockTimeoutError as error:
            if self.lost is None:
                raise
            raise self.lost.unsettled(error) from error

    def _all(self, path: Sequence[Step], applied: list[Applied]) -> list[Applied]:
        database = self.database
        options = database.project.options
        session = database.dialect.session(
            database.connection,
            key=database.history.lock_key,
            lock_wait=options.lock_wait,
            lock_timeout=options.lock_timeout,
            statement_timeout=options.statement_timeout,
            awaited=self.telling.awaited,
        )
        with session, database.events.heard(), held_ready(database.project.modules):
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
        for number_of_try in range(1, TRIES + 1):
            attempt = self.attempt = self._begin(step)
            try:
                return self._try(attempt, expected, number, total)
            except Exception as error:
                reason = retry_reason(error)
                is_last = number_of_try == TRIES or self.is_callers or attempt.progress.is_cut
                if reason is None or is_last:
                    raise
                self.telling.retried(step, reason, number_of_try)
                time.sleep(random.uniform(0.05, 0.2) * 2**number_of_try)
        raise AssertionError("the last attempt returns or raises")

    def _begin(self, step: Step) -> Attempt:
        return Attempt(
            self.database,
            self.scripts,
            step,
            run=self.id,
            divisible=not self.is_callers,
            known=self.lost.known if self.lost and self.lost.step == step else None,
        )

    def _try(
        self, attempt: Attempt, expected: frozenset[str] | None, number: int, total: int
    ) -> tuple[Applied | None, frozenset[str] | None]:
        database, step, parts = self.database, attempt.step, attempt.parts
        rows = expected
        try:
            rows = attempt.begin()
            is_done = rows != expected and attempt.is_done(rows)
            is_ours = self._look_for_lost(step, is_done)
            if is_done:
                parts.end()
                if is_ours:
                    self.lost = None
                    return self._done(attempt), None
                self.telling.skipped(step)
                return None, None
            self._check_start(step)
            attempt.prepare()
            self.telling.started(step, number, total)
            attempt.call(rows, self._options, tag=self.tag, notify=self.notify)
            after = attempt.record(rows)
            attempt.end()
        except FinishedElsewhere as finished:
            parts.fail(finished, finished.__traceback__)
            self.telling.skipped(step)
            return None, None
        except BaseException as error:
            # The schema is past where these calls began, so they may well not fit it any more.
            unfit = attempt.progress.is_skipping and isinstance(error, OperationError)
            parts.fail(error, error.__traceback__)
            database.forget()
            if unfit and not parts.is_ended:
                raise attempt.progress.interrupted(str(error)) from error
            wrapped = blamed(
                error,
                step.revision,
                is_cut=attempt.progress.is_cut,
                is_ended=parts.is_ended,
                driver_error=database.connection.dialect.loaded_dbapi.Error,
                database_at=rows,
                caught=parts.failed,
            )
            if wrapped is error:
                raise
            raise wrapped from error
        return self._done(attempt), after

    def _look_for_lost(self, step: Step, is_done: bool) -> bool:
        """Say what became of a COMMIT that was lost; whether it is what did the step."""
        lost = self.lost
        if lost is None or lost.step != step:
            return False
        is_ours = is_done and self.database.journal.has_done(lost.run, step.revision.id)
        if not is_ours:
            self.lost = None
        self.telling.commit_found(step, is_done=is_ours)
        return is_ours

    def _check_start(self, step: Step) -> None:
        """Let the caller look, once, under the lock and before the first revision of this run."""
        check, journal = self.check_start, self.database.journal
        if step.direction == "upgrade" and check and journal.unfinished() is None:
            check(self.database.history)
        self.check_start = None

    def _done(self, attempt: Attempt) -> Applied:
        step, duration = attempt.step, attempt.duration_ms()
        self.telling.done(step, duration)
        return Applied(
            revision=step.revision.id,
            direction=step.direction,
            bind=self.database.bind,
            duration_ms=duration,
        )
