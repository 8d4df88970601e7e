"""A connection that is lost: what a run knows then, and how it gets to know the rest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flaskmig.dialects.answers import answer_of
from flaskmig.engine.executing.dedicated import dedicated
from flaskmig.errors import ConfigurationError, ExecutionError, FlaskmigError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    from flaskmig.engine.migrating.steps import Step

# A server that is stopped and started again takes a second or two, after a crash some more.
RECONNECT_SECONDS = 30.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A COMMIT of which nobody knows whether it took effect.

    ``run`` is what the journal calls the run that sent it. ``known`` is a statement outside of a
    transaction (its ordinal) and whether it was run, where the COMMIT was to write that down.
    """

    step: Step
    run: str
    known: tuple[int, bool] | None = None

    def unsettled(self, error: BaseException) -> ExecutionError:
        """What to raise where the database could not be asked what became of it."""
        step = self.step
        return ExecutionError(
            f"the connection was lost while the {step.direction} of revision {step.revision.id} "
            f"was being committed, and what became of it could not be seen: {_text(error)}",
            revision=step.revision.id,
            cause=error,
            hint=f"run `flask db {step.direction}` again once the database can be reached: it sees "
            "whether that revision was committed, and goes on from there",
        )


def unreachable(error: BaseException) -> ExecutionError:
    """What to raise where the database failed before it was asked to change anything."""
    return ExecutionError(
        f"the database failed before anything was changed: {_text(error)}",
        cause=error,
        hint="nothing was run; run the same command again once the database can be reached",
    )


@contextmanager
def reached(
    engine: Engine, connection: Connection | None, lost: Lost | None
) -> Iterator[Connection]:
    """The connection for a run: the caller's, a dedicated one, or a new one after one was lost.

    Raises ConfigurationError where there is no reaching the database, ExecutionError where it
    was to say what became of a COMMIT.
    """
    if lost is None:
        with dedicated(engine, connection) as made:
            yield made
        return
    with ExitStack() as stack:
        try:
            again = _reconnected(engine, stack)
        except ConfigurationError as error:
            raise lost.unsettled(error) from error
        yield again


def _reconnected(engine: Engine, stack: ExitStack) -> Connection:
    """A new connection, tried again for RECONNECT_SECONDS; raises ConfigurationError."""
    deadline = time.monotonic() + RECONNECT_SECONDS
    pause = _SHORTEST_PAUSE
    while True:
        try:
            return stack.enter_context(dedicated(engine))
        except ConfigurationError:
            if time.monotonic() + pause > deadline:
                raise
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _text(error: BaseException) -> str:
    if isinstance(error, FlaskmigError):
        return error.message
    return answer_of(error).text or type(error).__name__
