"""What a revision file runs by itself on the connection: watched, and kept inside of the step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Connection

from flaskmig.engine.migrating.raw_sql import is_savepoint, may_write, transaction_control
from flaskmig.errors import OperationError, UnsupportedOperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine
    from sqlalchemy.engine.base import NestedTransaction

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.executing.parts import Parts

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

    ``require_new`` raises while statements are passed over that an earlier run has done: then
    it is good for no more than saying which database it is to.
    """

    __slots__ = ("_plain", "_require_new", "_tell")

    def __init__(
        self,
        connection: Connection,
        tell: Callable[[str], None],
        require_new: Callable[[], None],
    ) -> None:
        # One state and two faces: to open a second connection over the driver's would begin
        # another transaction, and what one of them is told the other would not know.
        self.__dict__ = connection.__dict__
        self._plain = connection
        self._tell = tell
        self._require_new = require_new

    @property
    def engine(self) -> Engine:  # type: ignore[override]
        """The engine; raises as reading does, for it leads to connections that nobody watches."""
        self._require_new()
        return self._plain.engine

    def begin_nested(self) -> NestedTransaction:
        """A savepoint, which what is passed over may be in as well."""
        return self._plain.begin_nested()

    def commit(self) -> None:
        """Say that nothing is committed yet, and go on."""
        self._tell(COMMIT_IGNORED)

    def close(self) -> None:
        """Nothing: the run goes on with the connection."""


class Guard:
    """Looks at each statement that a revision file runs, before it is run."""

    def __init__(self, connection: Connection, dialect: Dialect, parts: Parts) -> None:
        self._connection = connection
        self._dialect = dialect
        self._parts = parts
        self._is_ours = False
        self._is_undone = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at what runs inside of this, but for what is in `ours`."""
        listeners: list[tuple[str, Callable[..., object]]] = [
            ("before_cursor_execute", self._before_statement),
            ("after_cursor_execute", self._after_statement),
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

    def require_new(self) -> None:
        """Raise InterruptedRevisionError while statements follow that an earlier run has done."""
        if self._parts.progress.is_skipping:
            raise self._parts.progress.interrupted(
                "it reads the database by itself before its last finished statement"
            )

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
        if self._is_ours:
            return
        self._dialect.require_undoable(statement)
        is_by_hand = isinstance(connection, RevisionConnection)
        if is_by_hand and not is_savepoint(statement):
            self.require_new()
        if self._parts.is_outside:
            if is_by_hand and may_write(statement):
                with self.ours():
                    self._parts.begun_by_hand(statement)
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

    def _after_statement(self, connection: Connection, *_: Any) -> None:
        if self._parts.is_outside and isinstance(connection, RevisionConnection):
            with self.ours():
                self._parts.ended_by_hand(failed=False)

    def _before_commit(self, connection: Connection) -> None:
        if self._is_ours or self._parts.is_outside:
            return
        raise UnsupportedOperationError(
            "the revision commits the transaction that it runs in, and half of it could stay "
            "without the other",
            hint=HINT,
        )

    def _before_rollback(self, connection: Connection) -> None:
        if self._is_ours or self._parts.is_outside:
            return
        if not self._parts.is_divisible:
            raise UnsupportedOperationError(
                "the revision would roll back the caller's transaction",
                hint="use a savepoint: with op.get_bind().begin_nested()",
            )
        # What is undone is whole; only nothing may follow it.
        self._is_undone = self._parts.is_undone = True
