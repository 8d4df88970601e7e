"""Running one statement on SQLite."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import OperationalError as SQLAlchemyOperationalError

from flaskmig.dialects.base import Statement
from flaskmig.dialects.sqlite.authority import Authority
from flaskmig.dialects.sqlite.driver import driver
from flaskmig.dialects.sqlite.duplicates import duplicates
from flaskmig.dialects.sqlite.session import State, state_of
from flaskmig.dialects.sqlite.set_aside import is_in_the_way, set_aside
from flaskmig.dialects.sqlite.transaction import require_transaction
from flaskmig.dialects.sqlite.watch import Watch, Watched

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, CursorResult

_PROGRESS_STEPS = 10_000


def run(connection: Connection, statement: Statement) -> CursorResult[Any] | None:
    """Run one statement exactly as it stands; the result where it returns rows.

    Raises UnsupportedOperationError where a guard refuses, OperationError where the step's
    transaction is gone; SQLAlchemy's error for the driver's passes.
    """
    state = state_of(connection)
    raw = driver(connection)
    if state.stepping:
        require_transaction(raw, statement.sql)
    if isinstance(statement, Watch):
        _watch(raw, state, statement)
        if statement.refusal is None:
            return None
    with _deadline(raw, state.statement_timeout):
        result = _executed(connection, raw, statement)
        if statement.refusal is not None:
            found = result.first()
            if found is not None:
                raise statement.refusal.error(found)
            return None
    if state.stepping and not raw.in_transaction:
        result.close()
        require_transaction(raw, statement.sql)
    return result if result.returns_rows else None


def _executed(
    connection: Connection, raw: sqlite3.Connection, statement: Statement
) -> CursorResult[Any]:
    """The statement's result; what SQLite leaves unsaid of an error is noted with it."""
    try:
        return connection.exec_driver_sql(statement.sql, statement.parameters or None)
    except IntegrityError as error:
        found = duplicates(raw, str(error.orig))
        if found:
            error.add_note(found)
        raise
    except SQLAlchemyOperationalError as error:
        if not (raw.in_transaction and is_in_the_way(statement.sql, str(error.orig))):
            raise
        with set_aside(raw) as is_any:
            if not is_any:
                raise
            return connection.exec_driver_sql(statement.sql, statement.parameters or None)


def _watch(raw: sqlite3.Connection, state: State, statement: Watch) -> None:
    if not state.stepping or (statement.is_dropped and not state.enforced):
        return
    if state.watched is None:
        state.watched = Watched(raw)
    state.watched.watch(statement, state.authority or Authority(raw))


@contextmanager
def _deadline(raw: sqlite3.Connection, seconds: float | None) -> Iterator[None]:
    """Interrupt the statement after so many seconds; the driver's error then says so."""
    if not seconds:
        yield
        return
    end = time.monotonic() + seconds
    late: Callable[[], int] = lambda: int(time.monotonic() > end)  # noqa: E731
    raw.set_progress_handler(late, _PROGRESS_STEPS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)
