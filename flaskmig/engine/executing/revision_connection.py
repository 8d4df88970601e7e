"""The connection that a revision file gets: the very one of the run, which it cannot end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import TextClause

from flaskmig.engine.executing.driver_connection import DriverConnection
from flaskmig.errors import UnsupportedOperationError

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.engine.base import RootTransaction

COMMIT_IGNORED = (
    "commit() on the connection of a revision commits nothing: the revision and the record of it "
    "are one transaction, which is committed at its end"
)
BEGIN_IGNORED = (
    "begin() on the connection of a revision begins a savepoint: the revision and the record of it "
    "are one transaction, which is committed at its end"
)


class Ending(Protocol):
    """What becomes of the transaction that the connection is in."""

    @property
    def is_outside(self) -> bool:
        """Whether what runs now is in no transaction."""
        ...

    def roll_back(self) -> None:
        """The file rolls back what it did."""
        ...

    def beyond_commit(self, sql: str) -> AbstractContextManager[None]:
        """What a statement that the file runs is to be in."""
        ...


class NoEnd:
    """The transaction of somebody else, who will end it."""

    is_outside = False

    def roll_back(self) -> None:
        """Raise UnsupportedOperationError: more would go than what the caller did."""
        raise UnsupportedOperationError(
            "a transaction that is flaskmig's would be rolled back",
            hint="use a savepoint: connection.begin_nested()",
        )

    def beyond_commit(self, sql: str) -> AbstractContextManager[None]:
        """Nothing: the transaction is somebody else's to leave."""
        return nullcontext()


class RevisionConnection(Connection):
    """The very connection of the run, but it neither commits nor closes.

    Much that people wrote calls commit() out of habit. It would end the transaction of the
    step, and everything after it would stay even where the revision then fails.
    """

    # Options that a file sets on its connection must not be those of what we run on ours.
    __slots__ = ("_ending", "_execution_options", "_tell")

    def __init__(self, connection: Connection, ending: Ending, tell: Callable[[str], None]) -> None:
        # One state and two faces: to open a second connection over the driver's would begin
        # another transaction, and what one of them is told the other would not know.
        self.__dict__ = connection.__dict__
        self._execution_options = connection.__dict__["_execution_options"]
        self._ending = ending
        self._tell = tell

    @property
    def connection(self) -> Any:
        """The driver's connection, which ends the transaction no more than this does."""
        return DriverConnection(super().connection, self)

    def execute(self, statement: Any, *arguments: Any, **options: Any) -> Any:
        """Run a statement; one that no transaction may hold, after a COMMIT, in none."""
        with self._ending.beyond_commit(
            statement.text if isinstance(statement, TextClause) else ""
        ):
            return super().execute(statement, *arguments, **options)

    def exec_driver_sql(self, statement: str, *arguments: Any, **options: Any) -> Any:
        """Run SQL as it stands; see `execute`."""
        with self._ending.beyond_commit(statement):
            return super().exec_driver_sql(statement, *arguments, **options)

    def begin(self) -> RootTransaction:
        """A savepoint, which can be committed and rolled back as a transaction can."""
        joined: Any
        if self._ending.is_outside:
            joined = JoinedTransaction(self._ending, self._tell)
        else:
            self._tell(BEGIN_IGNORED)
            joined = self.begin_nested()
        transaction: RootTransaction = joined
        return transaction

    def commit(self) -> None:
        """Say that nothing is committed yet, and go on."""
        self._tell(COMMIT_IGNORED)

    def rollback(self) -> None:
        """End what an error left; where the revision has changed something, end the revision."""
        self._ending.roll_back()

    def close(self) -> None:
        """Nothing: the run goes on with the connection."""

    def detach(self) -> None:
        """Nothing: it is in no pool, or in one that the run puts it back into."""

    def invalidate(self, exception: BaseException | None = None) -> None:
        """Raise UnsupportedOperationError: the transaction would go with the connection."""
        raise UnsupportedOperationError(
            "the revision gives up the connection that it runs on",
            hint="leave the connection to flaskmig, which closes it at the end",
        )

    def execution_options(self, **options: Any) -> Connection:
        """Set options for what the file runs on it; raises where one is a transaction's."""
        if "isolation_level" in options and not self._ending.is_outside:
            raise UnsupportedOperationError(
                "the isolation level of a transaction that is open cannot be changed",
                hint="what cannot be in a transaction goes into "
                "`with op.get_context().autocommit_block():`",
            )
        options.pop("isolation_level", None)
        return super().execution_options(**options)

    def get_transaction(self) -> RootTransaction | None:
        """The revision's transaction, as far as it is the file's to end."""
        return self._get_required_transaction()

    def _get_required_transaction(self) -> RootTransaction:
        # What a Session asks a connection for that it is bound to.
        joined: Any = JoinedTransaction(self._ending, self._tell)
        transaction: RootTransaction = joined
        return transaction


class JoinedTransaction:
    """The transaction of the revision as what was written for one of its own sees it."""

    is_active = True
    is_valid = True

    def __init__(self, ending: Ending, tell: Callable[[str], None]) -> None:
        self._ending = ending
        self._tell = tell

    def commit(self) -> None:
        """Say that nothing is committed yet, and go on."""
        if not self._ending.is_outside:
            self._tell(COMMIT_IGNORED)

    def rollback(self) -> None:
        """What the connection's own rollback does."""
        self._ending.roll_back()

    def close(self) -> None:
        """Nothing: it is not ended with a part of what is in it."""

    def __enter__(self) -> JoinedTransaction:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.rollback()
