"""Steps on SQLite: transactions that are begun, committed and rolled back as SQL.

BEGIN IMMEDIATE is the lock: SQLite has one writer at a time, and whoever waits looks at the
history again once it is in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from flaskmig.dialects.sqlite.authority import Authority
from flaskmig.dialects.sqlite.driver import driver, query, setting
from flaskmig.dialects.sqlite.patience import patiently
from flaskmig.dialects.sqlite.session import KEY, State, require_rollback, state_of
from flaskmig.dialects.sqlite.watch import Watched
from flaskmig.errors import ConfigurationError, OperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


@contextmanager
def step(connection: Connection, ask: str = "") -> Iterator[Sequence[Any]]:
    """One atomic step: all of it is committed, or none.

    Gives the rows of the query ``ask``. Raises LockTimeoutError where another writer does not
    finish within the session's ``lock_wait``, and OperationError where the step would break a
    foreign key, a view or a trigger, or where something ended its transaction.
    """
    state = state_of(connection)
    raw = driver(connection)
    if state.noted is not None:
        state.noted.look()
    legacy = _value(raw, state, "legacy_alter_table")
    if not state.borrowed:
        _begin_own(connection, state)
    else:
        if not raw.in_transaction:
            _begin(raw, state)
        query(raw, "SAVEPOINT flaskmig")
    in_session = connection.info.setdefault(KEY, state) is state and state.in_session
    state.stepping, state.watched = True, None
    state.authority = state.noted or Authority(raw)
    try:
        # The caller's connection may have an authorizer of its own, which could not be put back.
        with nullcontext() if state.borrowed else state.authority.closed():
            yield query(raw, ask) if ask else ()
        require_transaction(raw)
        _compare(state)
        if state.borrowed:
            query(raw, "RELEASE flaskmig")
        else:
            patiently(raw, "COMMIT", state)
    except BaseException:
        _roll_back(raw, state)
        raise
    finally:
        state.stepping, state.watched, state.authority = False, None, None
        if state.may_differ("legacy_alter_table"):
            query(raw, f"PRAGMA legacy_alter_table = {legacy or 0}")
        if not in_session:
            connection.info.pop(KEY, None)
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
    state = state_of(connection)
    if not (state.enforced and state.stepping):
        return
    if state.watched is None:
        state.watched = Watched(driver(connection))
    state.watched.watch_rows()


def _compare(state: State) -> None:
    if state.watched is not None:
        state.watched.compare()


def _begin_own(connection: Connection, state: State) -> None:
    """Open SQLite's transaction, and SQLAlchemy's so that a Session on the connection joins it."""
    if connection.in_transaction():
        connection.commit()
    connection.begin()
    raw = driver(connection)
    if raw.in_transaction:
        # An application's "begin" listener sent a BEGIN; one that reads first may fail to write.
        query(raw, "ROLLBACK")
    for name, value in state.pragmas.items():
        # An autocommit block may have set it, and with foreign keys on a rebuild deletes children:
        # those are looked at in any case, for there is a way to turn them on that is no SQL.
        is_to_be_seen = name == "foreign_keys" and setting(raw, name) != value
        if is_to_be_seen or state.may_differ(name):
            query(raw, f"PRAGMA {name} = {value}")
            state.known(name)
    if "query_only" in state.kept and state.may_differ("query_only"):
        # What is written of a statement outside of a step is written by our own.
        query(raw, f"PRAGMA query_only = {state.kept['query_only']}")
        state.known("query_only")
    try:
        _begin(raw, state)
        if state.may_differ("journal_mode"):
            require_rollback(raw, state)
            state.known("journal_mode")
    except BaseException:
        _roll_back(raw, state)
        connection.rollback()
        raise


def _begin(raw: sqlite3.Connection, state: State) -> None:
    if _value(raw, state, "query_only"):
        raise ConfigurationError(
            "the SQLite database is read-only: PRAGMA query_only is on",
            hint="upgrade through an engine that does not set query_only",
        )
    patiently(raw, "BEGIN IMMEDIATE", state)


def _value(raw: sqlite3.Connection, state: State, pragma: str) -> Any:
    """The value of a pragma that the session knows, looked at where it may differ."""
    return setting(raw, pragma) if state.may_differ(pragma) else state.kept.get(pragma)


def _roll_back(raw: sqlite3.Connection, state: State) -> None:
    if not raw.in_transaction:
        return
    if state.borrowed:
        query(raw, "ROLLBACK TO flaskmig")
        query(raw, "RELEASE flaskmig")
    else:
        query(raw, "ROLLBACK")


def require_transaction(raw: sqlite3.Connection, sql: str = "") -> None:
    """Raise OperationError where no transaction is open; ``sql`` is what was run last.

    SQLITE_FULL, ON CONFLICT ROLLBACK, RAISE(ROLLBACK) and a stray COMMIT end a transaction.
    """
    if raw.in_transaction:
        return
    where = f" at: {' '.join(sql.split())}" if sql else ""
    raise OperationError(
        f"transaction lost: something ended the migration's transaction{where}",
        hint="take COMMIT, ROLLBACK and connection.commit() out of the revision",
    )
