"""Sessions, steps and statements on SQLite.

With its default settings Python's driver opens a transaction before INSERT, UPDATE and DELETE
only, so DDL would commit by itself. Everything here therefore sends BEGIN, COMMIT and ROLLBACK
itself, as SQL: the same on Python 3.11 to 3.13 and whatever ``autocommit`` the application chose.

BEGIN IMMEDIATE is the lock: SQLite has one writer at a time, and whoever waits looks at the
history again once it is in.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import OperationalError as SQLAlchemyOperationalError

from flaskmig.dialects.base import Awaited, Statement
from flaskmig.dialects.sqlite.authority import Authority
from flaskmig.dialects.sqlite.driver import driver, query, setting
from flaskmig.dialects.sqlite.duplicates import duplicates
from flaskmig.dialects.sqlite.set_aside import is_in_the_way, set_aside
from flaskmig.dialects.sqlite.watch import Watch, Watched
from flaskmig.errors import (
    ConfigurationError,
    LockTimeoutError,
    OperationError,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, CursorResult

_KEY = "flaskmig.sqlite"
_SAFE_JOURNALS = frozenset({"delete", "truncate", "persist", "wal"})
_FULL = 2
_OLDEST = (3, 35)
_POLL_MILLISECONDS = 100
_SECONDS_UNTOLD = 1.0
_PROGRESS_STEPS = 10_000
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_LEGACY_AUTOCOMMIT = -1


@dataclass(slots=True)
class _State:
    """What `run` and `step` know of the session; ``borrowed``: the transaction is the caller's.

    ``enforced`` says whether foreign keys were enforced before the session turned that off;
    ``pragmas`` are what each step needs as the session set it.
    """

    borrowed: bool
    enforced: bool = False
    in_session: bool = False
    lock_wait: float = 60.0
    statement_timeout: float | None = None
    awaited: Awaited | None = None
    pragmas: dict[str, int] = field(default_factory=dict)
    stepping: bool = False
    watched: Watched | None = None
    authority: Authority | None = None


def _state(connection: Connection) -> _State:
    state = connection.info.get(_KEY)
    if isinstance(state, _State):
        return state
    return _State(borrowed=_is_borrowed(connection))


def _is_borrowed(connection: Connection) -> bool:
    """Whether a transaction is open that the caller opened and will end.

    On a driver with ``autocommit=True`` (Python 3.12) SQLAlchemy's transaction is none; with
    ``autocommit=False`` the driver always has one open, and only SQLAlchemy knows whose it is.
    """
    raw = driver(connection)
    autocommit = getattr(raw, "autocommit", _LEGACY_AUTOCOMMIT)
    if autocommit is True:
        return raw.in_transaction
    if autocommit is False:
        return connection.in_transaction()
    return connection.in_transaction() or raw.in_transaction


@contextmanager
def session(
    connection: Connection,
    *,
    lock_wait: float,
    statement_timeout: float | None,
    awaited: Awaited | None = None,
) -> Iterator[None]:
    """Make the settings that migrations need, read them back, and restore them at the end.

    ``lock_wait`` and ``statement_timeout`` are seconds; ``awaited`` is called with an empty text
    where a writer is waited for: nobody knows which it is. In a transaction of the caller's only
    what works inside one is changed. Raises ConfigurationError where the database cannot roll
    back, or a setting does not hold.
    """
    _require_version()
    state = _State(
        borrowed=_is_borrowed(connection),
        in_session=True,
        lock_wait=lock_wait,
        statement_timeout=statement_timeout,
        awaited=awaited,
    )
    raw = driver(connection)
    with ExitStack() as restore:
        if not state.borrowed:
            _take_over(raw, restore)
            _require_rollback(raw)
            state.enforced = bool(setting(raw, "foreign_keys"))
            state.pragmas["foreign_keys"] = 0
            if _is_file(raw):
                state.pragmas["synchronous"] = max(_FULL, int(setting(raw, "synchronous")))
            for name, value in state.pragmas.items():
                _set(raw, restore, name, value)
        _set(raw, restore, "legacy_alter_table", 0)
        _set(raw, restore, "busy_timeout", int(lock_wait * 1000))
        connection.info[_KEY] = state
        restore.callback(connection.info.pop, _KEY, None)
        yield


def _require_version() -> None:
    if sqlite3.sqlite_version_info < _OLDEST:
        raise ConfigurationError(
            f"flaskmig needs SQLite 3.35 or later, and Python has {sqlite3.sqlite_version}",
            hint="use a newer Python, or one that is linked with a newer SQLite",
        )


def _take_over(raw: sqlite3.Connection, restore: ExitStack) -> None:
    """Have the driver send no BEGIN or COMMIT of its own until the session ends."""
    autocommit = getattr(raw, "autocommit", _LEGACY_AUTOCOMMIT)
    if autocommit != _LEGACY_AUTOCOMMIT:
        restore.callback(setattr, raw, "autocommit", autocommit)
        raw.autocommit = _LEGACY_AUTOCOMMIT  # type: ignore[attr-defined,unused-ignore]
        if raw.in_transaction:
            query(raw, "ROLLBACK")
    restore.callback(setattr, raw, "isolation_level", raw.isolation_level)
    raw.isolation_level = None
    restore.callback(_end_transaction, raw)


def _end_transaction(raw: sqlite3.Connection) -> None:
    """Settings are only restored outside of a transaction."""
    if raw.in_transaction:
        query(raw, "ROLLBACK")


def _is_file(raw: sqlite3.Connection) -> bool:
    return any(row[1] == "main" and row[2] for row in query(raw, "PRAGMA database_list"))


def _require_rollback(raw: sqlite3.Connection) -> None:
    mode = str(setting(raw, "journal_mode")).lower()
    if mode == "off" or (_is_file(raw) and mode not in _SAFE_JOURNALS):
        raise ConfigurationError(
            f"with PRAGMA journal_mode={mode} SQLite cannot undo a migration that is cut off",
            hint="set journal_mode to delete, truncate, persist or wal",
        )


def _set(raw: sqlite3.Connection, restore: ExitStack, name: str, value: int) -> None:
    before = setting(raw, name)
    query(raw, f"PRAGMA {name} = {value}")
    after = setting(raw, name)
    # Some builds leave a pragma out and answer with nothing at all.
    if after is not None and after != value:
        raise ConfigurationError(f"SQLite did not accept PRAGMA {name} = {value}")
    if before is not None:
        restore.callback(query, raw, f"PRAGMA {name} = {before}")


@contextmanager
def step(connection: Connection) -> Iterator[None]:
    """One atomic step: all of it is committed, or none.

    Raises LockTimeoutError where another writer does not finish within the session's
    ``lock_wait``, and OperationError where the step would break a foreign key, a view or a
    trigger, or where something ended its transaction.
    """
    state = _state(connection)
    raw = driver(connection)
    legacy = setting(raw, "legacy_alter_table")
    if not state.borrowed:
        _begin_own(connection, state)
    else:
        if not raw.in_transaction:
            _begin(raw, state)
        query(raw, "SAVEPOINT flaskmig")
    in_session = connection.info.setdefault(_KEY, state) is state and state.in_session
    state.stepping, state.watched = True, None
    state.authority = Authority(raw)
    try:
        # The caller's connection may have an authorizer of its own, which could not be put back.
        with nullcontext() if state.borrowed else state.authority.closed():
            yield
        _require_transaction(raw)
        _compare(state)
        if state.borrowed:
            query(raw, "RELEASE flaskmig")
        else:
            _patiently(raw, "COMMIT", state)
    except BaseException:
        _roll_back(raw, state)
        raise
    finally:
        state.stepping, state.watched, state.authority = False, None, None
        query(raw, f"PRAGMA legacy_alter_table = {legacy or 0}")
        if not in_session:
            connection.info.pop(_KEY, None)
        if not state.borrowed:
            # SQLite has ended its transaction; this only tells SQLAlchemy, whose own may be one
            # that failed to commit and is open no more.
            connection.rollback()


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """Inside of a step, all of what runs or none, also where the error is caught outside.

    An error does not end a transaction of SQLite's: a rebuild that stops in its middle would be
    committed as it is.
    """
    raw = driver(connection)
    query(raw, "SAVEPOINT flaskmig_list")
    try:
        yield
    except BaseException:
        if raw.in_transaction:
            query(raw, "ROLLBACK TO flaskmig_list")
            query(raw, "RELEASE flaskmig_list")
            # No transaction brings this back.
            query(raw, "PRAGMA legacy_alter_table = OFF")
        raise
    query(raw, "RELEASE flaskmig_list")


def before_raw_sql(connection: Connection) -> None:
    """Note the broken foreign keys of the whole database before SQL that a person wrote.

    The application enforces foreign keys and the session cannot: a rebuild later in the step
    needs them off, and inside of a transaction the setting cannot be changed. So they are
    checked as a whole before the step is committed.
    """
    state = _state(connection)
    if not (state.enforced and state.stepping):
        return
    if state.watched is None:
        state.watched = Watched(driver(connection))
    state.watched.watch_rows()


def _compare(state: _State) -> None:
    if state.watched is not None:
        state.watched.compare()


def _begin_own(connection: Connection, state: _State) -> None:
    """Open SQLite's transaction, and SQLAlchemy's so that a Session on the connection joins it."""
    if connection.in_transaction():
        connection.commit()
    connection.begin()
    raw = driver(connection)
    if raw.in_transaction:
        # An application's "begin" listener sent a BEGIN; one that reads first may fail to write.
        query(raw, "ROLLBACK")
    for name, value in state.pragmas.items():
        # An autocommit block may have set it, and with foreign keys on a rebuild deletes children.
        query(raw, f"PRAGMA {name} = {value}")
    try:
        _begin(raw, state)
    except BaseException:
        connection.rollback()
        raise


def _begin(raw: sqlite3.Connection, state: _State) -> None:
    _patiently(raw, "BEGIN IMMEDIATE", state)


def _patiently(raw: sqlite3.Connection, sql: str, state: _State) -> None:
    """BEGIN IMMEDIATE or COMMIT, in short waits: an interrupt is not held up, and waits are told.

    COMMIT has to wait for readers where there is no write-ahead log (documentation, "File Locking
    And Concurrency"); the transaction stays open, so it can be tried again.
    """
    before = setting(raw, "busy_timeout")
    query(raw, f"PRAGMA busy_timeout = {_POLL_MILLISECONDS}")
    try:
        _retry(raw, sql, state)
    finally:
        query(raw, f"PRAGMA busy_timeout = {before}")


def _retry(raw: sqlite3.Connection, sql: str, state: _State) -> None:
    began = time.monotonic()
    awaited = state.awaited
    while True:
        try:
            query(raw, sql)
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
            waited = time.monotonic() - began
            if waited >= state.lock_wait:
                raise LockTimeoutError(
                    f"another connection kept SQLite locked for {state.lock_wait:g} seconds",
                    hint="end the other writer, or wait for longer: --lock-wait, or "
                    "Migrate(…, lock_wait=…)",
                ) from error
            if awaited is not None and waited >= _SECONDS_UNTOLD:
                awaited("")
                awaited = None
            time.sleep(_POLL_MILLISECONDS / 10_000)
        else:
            return


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return (error.sqlite_errorcode & 0xFF) in _BUSY


def _roll_back(raw: sqlite3.Connection, state: _State) -> None:
    if not raw.in_transaction:
        return
    if state.borrowed:
        query(raw, "ROLLBACK TO flaskmig")
        query(raw, "RELEASE flaskmig")
    else:
        query(raw, "ROLLBACK")


def _require_transaction(raw: sqlite3.Connection, sql: str = "") -> None:
    """SQLITE_FULL, ON CONFLICT ROLLBACK, RAISE(ROLLBACK) and a stray COMMIT end a transaction."""
    if raw.in_transaction:
        return
    where = f" at: {' '.join(sql.split())}" if sql else ""
    raise OperationError(
        f"transaction lost: something ended the migration's transaction{where}",
        hint="take COMMIT, ROLLBACK and connection.commit() out of the revision",
    )


def run(connection: Connection, statement: Statement) -> CursorResult[Any] | None:
    """Run one statement exactly as it stands; the result where it returns rows.

    Raises UnsupportedOperationError where a guard refuses, OperationError where the step's
    transaction is gone; SQLAlchemy's error for the driver's passes.
    """
    state = _state(connection)
    raw = driver(connection)
    if state.stepping:
        _require_transaction(raw, statement.sql)
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
        _require_transaction(raw, statement.sql)
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


def _watch(raw: sqlite3.Connection, state: _State, statement: Watch) -> None:
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
