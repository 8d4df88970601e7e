"""What a revision file runs by itself on the connection: watched, and kept inside of the step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Connection

from flaskmig.engine.migrating.raw_sql import may_write, transaction_control
from flaskmig.errors import OperationError, UnsupportedOperationError

if TYPE_CHECKING:
    from flaskmig.dialects.base import Dialect

HINT = (
    "leave the transaction to flaskmig; what cannot be in one goes into "
    "`with op.get_context().autocommit_block():`"
)
COMMIT_IGNORED = (
    "commit() on the connection of a revision commits nothing: the revision and the record of it "
    "are committed together, at its end"
)


class RevisionConnection(Connection):
    """The very connection of the run, but it neither commits nor closes.

    Much that people wrote calls commit() out of habit. It would end the transaction of the
    step, and everything after it would stay even where the revision then fails.
    """

    __slots__ = ("_tell",)

    def __init__(self, connection: Connection, tell: Callable[[str], None]) -> None:
        # One state and two faces: to open a second connection over the driver's would begin
        # another transaction, and what one of them is told the other would not know.
        self.__dict__ = connection.__dict__
        self._tell = tell

    def commit(self) -> None:
        """Say that nothing is committed yet, and go on."""
        self._tell(COMMIT_IGNORED)

    def close(self) -> None:
        """Nothing: the run goes on with the connection."""


class Guard:
    """Looks at each statement that a revision file runs, before it is run.

    ``is_outside`` says whether it would run outside of a transaction.
    """

    def __init__(
        self,
        connection: Connection,
        dialect: Dialect,
        *,
        is_outside: Callable[[], bool],
        is_callers: bool,
    ) -> None:
        self._connection = connection
        self._dialect = dialect
        self._is_outside = is_outside
        self._is_callers = is_callers
        self._is_ours = False
        self._is_undone = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at what runs inside of this, but for what is in `ours`."""
        listeners: list[tuple[str, Callable[..., object]]] = [
            ("before_cursor_execute", self._before_statement),
            ("commit", self._before_commit),
            ("rollback", self._before_rollback),
        ]
        for name, listener in listeners:
            event.listen(self._connection, name, listener)
        try:
            yield
        finally:
            for name, listener in listeners:
                event.remove(self._connection, name, listener)

    @contextmanager
    def ours(self, ours: bool = True) -> Iterator[None]:
        """What runs inside of this is flaskmig's own, or with False the file's again."""
        outer, self._is_ours = self._is_ours, ours
        try:
            yield
        finally:
            self._is_ours = outer

    def _before_statement(
        self,
        connection: Connection,
        cursor: Any,
        statement: str,
        parameters: Any,
        context: Any,
        executemany: bool,
    ) -> None:
        if self._is_undone:
            raise OperationError("the revision rolled its transaction back and goes on", hint=HINT)
        if self._is_ours or self._is_outside():
            return
        control = transaction_control(statement, self._dialect.name)
        if control is not None:
            raise UnsupportedOperationError(
                f"{' '.join(control.split())} would end the transaction of the revision, and half "
                "of it could stay without the other",
                hint=HINT,
            )
        if may_write(statement):
            self._dialect.before_raw_sql(self._connection)

    def _before_commit(self, connection: Connection) -> None:
        if self._is_ours or self._is_outside():
            return
        raise UnsupportedOperationError(
            "the revision commits the transaction that it runs in, and half of it could stay "
            "without the other",
            hint=HINT,
        )

    def _before_rollback(self, connection: Connection) -> None:
        if self._is_ours or self._is_outside():
            return
        if self._is_callers:
            raise UnsupportedOperationError(
                "the revision would roll back the caller's transaction",
                hint="use a savepoint: with op.get_bind().begin_nested()",
            )
        # What is undone is whole; only nothing may follow it.
        self._is_undone = True
