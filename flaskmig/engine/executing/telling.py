"""What a run says while it goes on: to the log, and to whoever wants to be notified."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flaskmig.engine.migrating.events import (
    CommitFound,
    LockAwaited,
    RevisionDone,
    RevisionRetried,
    RevisionSkipped,
    RevisionStarted,
)

if TYPE_CHECKING:
    from flaskmig.engine.migrating.events import Event, Notify
    from flaskmig.engine.migrating.steps import Step

log = logging.getLogger("flaskmig")


class Telling:
    """The events of a run over the database of one bind; without ``notify`` only the log."""

    def __init__(self, bind: str, notify: Notify | None) -> None:
        self._bind = bind
        self._notify = notify

    def awaited(self, holder: str) -> None:
        """Somebody else has the lock; ``holder`` is empty where nobody knows who."""
        event = LockAwaited(holder=holder, bind=self._bind)
        log.info("waiting for the database, %s", event.reason)
        self._send(event)

    def started(self, step: Step, number: int, total: int) -> None:
        """The function of a revision is about to run, as the ``number``-th of ``total``."""
        revision = step.revision
        log.debug("running %s %s: %s", step.direction, revision.id, revision.message)
        self._send(
            RevisionStarted(
                revision=revision.id,
                parents=revision.parents,
                message=revision.message,
                direction=step.direction,
                bind=self._bind,
                number=number,
                total=total,
            )
        )

    def skipped(self, step: Step) -> None:
        """Another process has done the step meanwhile."""
        revision, direction = step.revision.id, step.direction
        log.info("%s %s was done by another process", direction, revision)
        self._send(RevisionSkipped(revision=revision, direction=direction, bind=self._bind))

    def retried(self, step: Step, reason: str, attempt: int) -> None:
        """The step is tried again."""
        revision = step.revision.id
        log.info("revision %s is tried again: %s", revision, reason)
        self._send(RevisionRetried(revision=revision, reason=reason, attempt=attempt))

    def done(self, step: Step, duration_ms: int) -> None:
        """The step is committed."""
        revision, direction = step.revision.id, step.direction
        log.debug("%s %s took %d ms", direction, revision, duration_ms)
        self._send(
            RevisionDone(
                revision=revision, direction=direction, bind=self._bind, duration_ms=duration_ms
            )
        )

    def commit_found(self, step: Step, *, is_done: bool) -> None:
        """It is seen what became of a COMMIT that was lost."""
        revision = step.revision.id
        became = "it was committed" if is_done else "it was not committed as a whole"
        log.warning("the connection was lost at a COMMIT of revision %s; %s", revision, became)
        self._send(CommitFound(revision=revision, bind=self._bind, is_done=is_done))

    def _send(self, event: Event) -> None:
        if self._notify is not None:
            self._notify(event)
