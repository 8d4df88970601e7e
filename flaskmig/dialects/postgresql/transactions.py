"""Transactions on a connection that may be in autocommit, in the caller's transaction, or neither.

SQLAlchemy begins a transaction of its own with the first statement whatever the driver does, so
what the server is in is asked of the driver (psycopg and psycopg2 answer alike).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.base import TransactionEnded
from flaskmig.dialects.postgresql.sending import several_commands
from flaskmig.errors import ExecutionError

IDLE, ACTIVE, IN_TRANSACTION, IN_FAILED_TRANSACTION = range(4)
_SAVEPOINT = "flaskmig_step"
_SCRATCH = "flaskmig_scratch"
# invalid_savepoint_specification (PostgreSQL documentation, appendix A)
_NO_SAVEPOINT = "3B001"


def driver(connection: Connection) -> Any:
    """The driver's own connection."""
    return connection.connection.dbapi_connection


def status(connection: Connection) -> int:
    """What the server is in, as libpq says: one of the names above, or 4 where it is gone."""
    return int(driver(connection).info.transaction_status)


def server_version(connection: Connection) -> int:
    """The server's version as libpq knows it, 180001 for 18.1."""
    return int(driver(connection).info.server_version)


def is_alive(connection: Connection) -> bool:
    """Whether the connection can still be spoken to; asks neither the server nor SQLAlchemy.

    SQLAlchemy would raise for a lost one, and hide the error that lost it.
    """
    return not (connection.closed or connection.invalidated or driver(connection).closed)


def is_usable(connection: Connection) -> bool:
    """Whether settings can be made: not on a lost connection or in a failed transaction."""
    return is_alive(connection) and status(connection) in (IDLE, IN_TRANSACTION)


@contextmanager
def unless_lost() -> Iterator[None]:
    """For what is undone at the end: a connection that is lost here takes it along anyway.

    Without this a run that did all it should would end as a failure.
    """
    try:
        yield
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise


def is_autocommit(connection: Connection) -> bool:
    """Whether the driver lets each statement outside of BEGIN be a transaction of its own."""
    return bool(driver(connection).autocommit)


def is_open(connection: Connection) -> bool:
    """Whether what runs next is in a transaction that somebody else began."""
    if status(connection) in (IN_TRANSACTION, IN_FAILED_TRANSACTION):
        return True
    return connection.in_transaction() and not is_autocommit(connection)


def execute(connection: Connection, sql: str) -> Any:
    """Run SQL as it stands: neither ``%`` nor ``:name`` is read in it."""
    return connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


@contextmanager
def step(
    connection: Connection, ask: str = "", last: Callable[[], str] = lambda: ""
) -> Iterator[Sequence[Any]]:
    """One atomic step: a transaction, or a savepoint of the one that is open.

    Gives the rows of the query ``ask``, which is sent together with what begins the step. The
    statement that ``last`` gives is sent together with the COMMIT, where that is ours.
    Raises ExecutionError where the transaction failed and nobody said so: COMMIT of a failed
    transaction rolls back without an error. Raises TransactionEnded, also in place of an error,
    where something inside ended the transaction, even if it began another one: then the
    savepoint, which is in a transaction of ours too, is gone.
    """
    is_ours = not is_open(connection)
    rows = _begin(connection, is_ours, ask)
    try:
        yield rows
        _require_open(connection)
        if not is_ours:
            _release(connection)
    except BaseException as error:
        if is_alive(connection):
            ended = isinstance(error, TransactionEnded) or not _undo_to_savepoint(connection)
            _undo_ours(connection, is_ours)
            if ended and not isinstance(error, TransactionEnded):
                raise _ended() from error
        raise
    if is_ours:
        _commit(connection, last())


def _begin(connection: Connection, is_ours: bool, ask: str) -> Sequence[Any]:
    commands = [f"SAVEPOINT {_SAVEPOINT}"]
    if is_ours and is_autocommit(connection):
        commands.insert(0, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    elif is_ours:
        commands.insert(0, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    if not ask:
        execute(connection, "; ".join(commands))
        return ()
    had_failed = status(connection) == IN_FAILED_TRANSACTION
    try:
        asked: Sequence[Any] = several_commands(connection, *commands, ask).all()
    except BaseException:
        if is_alive(connection) and not had_failed:
            _undo_to_savepoint(connection)
            _undo_ours(connection, is_ours)
        raise
    return asked


def _commit(connection: Connection, last: str) -> None:
    """Give up the savepoint and commit, with one message: where one fails so does all."""
    release, commit = f"RELEASE SAVEPOINT {_SAVEPOINT}", "COMMIT"
    try:
        several_commands(connection, *([last] if last else []), release, commit)
    except BaseException as error:
        if is_alive(connection):
            # What COMMIT itself refuses has ended the transaction.
            is_open_still = status(connection) == IN_FAILED_TRANSACTION
            if isinstance(error, DBAPIError):
                error.statement = (last or release) if is_open_still else commit
            _undo_ours(connection, is_ours=True)
            if isinstance(error, DBAPIError) and is_open_still and _is_gone(error):
                raise _ended() from error
        raise
    _leave(connection)


def _undo_ours(connection: Connection, is_ours: bool) -> None:
    if is_ours:
        _undo(connection, ["ROLLBACK"])
        _leave(connection)


def _leave(connection: Connection) -> None:
    """Tell SQLAlchemy that the transaction it believes in, which was ours, is over."""
    if connection.in_transaction() and not is_autocommit(connection):
        connection.rollback()


def _release(connection: Connection) -> None:
    try:
        execute(connection, f"RELEASE SAVEPOINT {_SAVEPOINT}")
    except DBAPIError as error:
        if _is_gone(error):
            raise _ended() from error
        raise


def _undo_to_savepoint(connection: Connection) -> bool:
    """Undo what is in the step; False where its transaction was ended before."""
    state = status(connection)
    if state not in (IN_TRANSACTION, IN_FAILED_TRANSACTION):
        return state != IDLE
    try:
        execute(connection, f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
        execute(connection, f"RELEASE SAVEPOINT {_SAVEPOINT}")
    except DBAPIError as error:
        # What went wrong is on its way up; a connection that broke just now must not hide it.
        return not _is_gone(error)
    return True


def _is_gone(error: DBAPIError) -> bool:
    """Whether the server says that there is no such savepoint."""
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    return bool(state == _NO_SAVEPOINT)


def _ended() -> TransactionEnded:
    return TransactionEnded(
        "a statement ended the transaction of the step that it was in",
        hint="leave COMMIT and ROLLBACK to flaskmig",
    )


def _require_open(connection: Connection) -> None:
    state = status(connection)
    if state == IN_FAILED_TRANSACTION:
        raise ExecutionError(
            "a statement failed and the error was caught, so PostgreSQL undid the step",
            hint="put what may fail in a savepoint: with op.get_bind().begin_nested()",
        )
    if state != IN_TRANSACTION:
        raise _ended()


def _undo(connection: Connection, statements: list[str]) -> None:
    """Roll back, where there is something to."""
    if status(connection) not in (IN_TRANSACTION, IN_FAILED_TRANSACTION):
        return
    # What went wrong is on its way up; a connection that broke just now must not hide it.
    with suppress(DBAPIError):
        for statement in statements:
            execute(connection, statement)


@contextmanager
def scratch(connection: Connection) -> Iterator[None]:
    """What runs inside is undone at the end; an open transaction stays as it was."""
    open_before, had_begun = is_open(connection), connection.in_transaction()
    if open_before:
        execute(connection, f"SAVEPOINT {_SCRATCH}")
    elif is_autocommit(connection):
        execute(connection, "BEGIN")
    try:
        # Our literals are written for it; undone with everything else.
        execute(connection, "SET LOCAL standard_conforming_strings = on")
        yield
    finally:
        if is_alive(connection):
            if open_before:
                back = [f"ROLLBACK TO SAVEPOINT {_SCRATCH}", f"RELEASE SAVEPOINT {_SCRATCH}"]
                _undo(connection, back)
            else:
                _undo(connection, ["ROLLBACK"])
                if not had_begun:
                    connection.rollback()
