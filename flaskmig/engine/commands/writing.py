"""The version table, held while a command that runs no revision writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flaskmig.dialects import dialect_of
from flaskmig.engine.commands.connections import connect, history_of
from flaskmig.engine.migrating.events import LockAwaited

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.migrating.events import Notify
    from flaskmig.engine.records.history import History


@contextmanager
def writing(
    project: Project,
    bind: str,
    notify: Notify | None = None,
    given: Connection | None = None,
) -> Iterator[History]:
    """The version table, there and locked, in a transaction of its own.

    ``notify`` is told of whom the lock is waited for; ``given`` is a connection of the caller.
    Raises LockTimeoutError, and ConfigurationError where the database cannot be reached.
    """
    options = project.options

    def awaited(holder: str) -> None:
        if notify is not None:
            notify(LockAwaited(holder=holder, bind=bind))

    with connect(project, bind, given) as connection:
        dialect = dialect_of(connection)
        history = history_of(project, connection)
        with (
            dialect.session(
                connection,
                key=history.lock_key,
                lock_wait=options.lock_wait,
                lock_timeout=options.lock_timeout,
                statement_timeout=options.statement_timeout,
                awaited=awaited,
            ),
            dialect.step(connection),
        ):
            history.ensure()
            yield history
