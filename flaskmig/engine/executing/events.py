"""What SQLAlchemy tells of a connection, passed on to the guard of the revision that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.executing.raw import Guard


class Events:
    """Listens to the connection of a run, once for all of its revisions.

    To listen and to stop takes SQLAlchemy longer than a small revision takes the database.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._guard: Guard | None = None

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen inside of this."""
        listeners: list[tuple[str, Callable[..., object], bool]] = [
            ("before_cursor_execute", self._before_execute, True),
            ("after_cursor_execute", self._after_execute, False),
            ("commit", self._before_commit, False),
            ("rollback", self._before_rollback, False),
        ]
        for name, listener, gives_back in listeners:
            event.listen(self._connection, name, listener, retval=gives_back)
        try:
            yield
        finally:
            for name, listener, _ in listeners:
                event.remove(self._connection, name, listener)

    @contextmanager
    def told_to(self, guard: Guard) -> Iterator[None]:
        """Pass on what is heard inside of this."""
        outer, self._guard = self._guard, guard
        try:
            yield
        finally:
            self._guard = outer

    def _before_execute(
        self,
        connection: Connection,
        cursor: Any,
        statement: str,
        parameters: Any,
        context: Any,
        executemany: bool,
    ) -> tuple[str, Any]:
        if self._guard is None:
            return statement, parameters
        return self._guard.before_execute(connection, statement, parameters)

    def _after_execute(self, connection: Connection, *_: Any) -> None:
        if self._guard is not None:
            self._guard.after_execute(connection)

    def _before_commit(self, connection: Connection) -> None:
        if self._guard is not None:
            self._guard.before_commit()

    def _before_rollback(self, connection: Connection) -> None:
        if self._guard is not None:
            self._guard.before_rollback()
