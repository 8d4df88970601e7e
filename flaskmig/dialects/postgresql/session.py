"""The lock that lets one upgrader in, and the settings that the run needs."""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.postgresql import transactions
from flaskmig.errors import ConfigurationError, LockTimeoutError

_POOLED = "flaskmig.pooled"
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.05, 0.5

_SETTING = text("SELECT pg_catalog.current_setting(:name, true)")
_SET = text("SELECT pg_catalog.set_config(:name, :value, :local)")
_BACKEND = text("SELECT pg_catalog.pg_backend_pid()")
_TRY_LOCK = text("SELECT pg_catalog.pg_try_advisory_lock(:key)")
_TRY_TRANSACTION_LOCK = text("SELECT pg_catalog.pg_try_advisory_xact_lock(:key)")
_UNLOCK = text("SELECT pg_catalog.pg_advisory_unlock(:key)")
_HOLDER = text(
    """
    SELECT l.pid, a.usename, a.application_name, a.client_addr::pg_catalog.text AS address,
           a.state, a.query
      FROM pg_catalog.pg_locks l
      LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND l.database = (SELECT oid FROM pg_catalog.pg_database
                          WHERE datname = pg_catalog.current_database())
       AND l.classid::pg_catalog.int8 = :high AND l.objid::pg_catalog.int8 = :low
     LIMIT 1
    """
)


@dataclass(frozen=True, slots=True)
class _Pooled:
    """What each step must do for itself behind a pooler that hands out a backend for each one."""

    key: int
    lock_wait: float
    settings: Mapping[str, str]


def lock_key(key: str) -> int:
    """The same 64-bit number for the same text, on every machine."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)


@contextmanager
def session(
    connection: Connection,
    *,
    key: str,
    lock_wait: float = 60.0,
    lock_timeout: float | None = 3.0,
    statement_timeout: float | None = None,
) -> Iterator[None]:
    """The lock taken, settings made and read back; at the end restored and unlocked.

    Inside, the connection is in autocommit, so that what runs outside of a step is outside of a
    transaction. In a transaction that the caller has open, the lock and the settings are that
    transaction's, and it is left open. Behind a transaction pooler (the backend is not the one
    that the driver connected to) a session's lock would be shared and leak, so each step takes
    the lock and makes the settings for itself.
    """
    number = lock_key(key)
    settings = _settings(lock_timeout, statement_timeout)
    if transactions.is_open(connection):
        with _in_callers_transaction(connection, number, lock_wait, settings):
            yield
        return
    with _autocommit(connection):
        if _is_pooled(connection):
            connection.info[_POOLED] = _Pooled(number, lock_wait, settings)
            try:
                yield
            finally:
                connection.info.pop(_POOLED, None)
            return
        with _locked(connection, number, lock_wait), _settled(connection, settings, local=False):
            yield


@contextmanager
def step(connection: Connection) -> Iterator[None]:
    """One atomic step; behind a transaction pooler with the lock and the settings."""
    pooled: _Pooled | None = connection.info.get(_POOLED)
    with transactions.step(connection):
        if pooled is not None:
            _wait(connection, _TRY_TRANSACTION_LOCK, pooled.key, pooled.lock_wait)
            for name, value in pooled.settings.items():
                connection.execute(_SET, {"name": name, "value": value, "local": True})
        yield


def is_pooled(connection: Connection) -> bool:
    """Whether the session found a transaction pooler between it and the server."""
    return _POOLED in connection.info


def _settings(lock_timeout: float | None, statement_timeout: float | None) -> dict[str, str]:
    settings = {
        # Without it a backslash in a literal would mean something else than what was written.
        "standard_conforming_strings": "on",
        "idle_in_transaction_session_timeout": "0",
        "application_name": f"flaskmig {os.getpid()}",
    }
    for name, seconds in (("lock_timeout", lock_timeout), ("statement_timeout", statement_timeout)):
        if seconds is not None:
            # Zero would mean "for ever" to the server.
            settings[name] = f"{max(1, round(seconds * 1000)) if seconds else 0}ms"
    return settings


@contextmanager
def _autocommit(connection: Connection) -> Iterator[None]:
    driver = transactions.driver(connection)
    before = driver.autocommit
    if not before:
        driver.autocommit = True
    try:
        yield
    finally:
        # A lost connection is left invalid: SQLAlchemy would make a new one, without the lock.
        if transactions.is_alive(connection):
            # Nothing is open on the server; this is for what SQLAlchemy believes.
            connection.rollback()
            if not before:
                driver.autocommit = False


def _is_pooled(connection: Connection) -> bool:
    pid = connection.execute(_BACKEND).scalar_one()
    return bool(transactions.driver(connection).info.backend_pid != pid)


@contextmanager
def _in_callers_transaction(
    connection: Connection, key: int, lock_wait: float, settings: Mapping[str, str]
) -> Iterator[None]:
    _wait(connection, _TRY_TRANSACTION_LOCK, key, lock_wait)
    with _settled(connection, settings, local=True):
        yield


@contextmanager
def _locked(connection: Connection, key: int, lock_wait: float) -> Iterator[None]:
    _wait(connection, _TRY_LOCK, key, lock_wait)
    try:
        yield
    finally:
        if _is_usable(connection):
            connection.execute(_UNLOCK, {"key": key})


def _wait(connection: Connection, attempt: object, key: int, seconds: float) -> None:
    """Ask again and again: a session that waits inside the lock holds a snapshot.

    CREATE INDEX CONCURRENTLY of the holder would wait for that snapshot, and both for ever.
    """
    deadline = time.monotonic() + seconds
    while not connection.execute(attempt, {"key": key}).scalar_one():  # type: ignore[call-overload]
        left = deadline - time.monotonic()
        if left <= 0:
            holder = _holder(connection, key)
            raise LockTimeoutError(
                f"another upgrade of this database is running: {holder or 'unknown'}",
                holder=holder,
                hint=f"wait for it to end, or wait for longer than {seconds:g} seconds: "
                "Migrate(…, lock_wait=…)",
            )
        time.sleep(min(left, random.uniform(_SHORTEST_PAUSE, _LONGEST_PAUSE)))


def _holder(connection: Connection, key: int) -> str:
    halves = key.to_bytes(8, "big", signed=True)
    low, high = (int.from_bytes(half, "big") for half in (halves[4:], halves[:4]))
    row = connection.execute(_HOLDER, {"high": high, "low": low}).mappings().first()
    if row is None:
        return ""
    found = [f"pid {row['pid']}"]
    if row["usename"]:
        found.append(f"user {row['usename']}")
    if row["application_name"]:
        found.append(row["application_name"])
    if row["address"]:
        found.append(f"from {row['address']}")
    query = " ".join((row["query"] or "").split())[:80]
    return ", ".join(found) + (f", {row['state']}: {query}" if query else "")


@contextmanager
def _settled(connection: Connection, settings: Mapping[str, str], *, local: bool) -> Iterator[None]:
    before = {name: _make(connection, name, value, local) for name, value in settings.items()}
    if not local:
        before |= _check_often(connection)
    try:
        yield
    finally:
        if _is_usable(connection):
            for name, value in before.items():
                connection.execute(_SET, {"name": name, "value": value, "local": local})


def _make(connection: Connection, name: str, value: str, local: bool) -> str:
    """Make one setting; returns what it was. Raises ConfigurationError where it does not take."""
    before = connection.execute(_SETTING, {"name": name}).scalar_one()
    connection.execute(_SET, {"name": name, "value": value, "local": local})
    if name == "standard_conforming_strings":
        after = connection.execute(_SETTING, {"name": name}).scalar_one()
        if after != value:
            raise ConfigurationError(f"the server keeps {name} at {after}; it must be {value}")
    return before or ""


def _check_often(connection: Connection) -> dict[str, str]:
    """Let the server notice within a second that this process is gone, and free the lock."""
    name = "client_connection_check_interval"
    try:
        return {name: _make(connection, name, "1s", False)}
    except DBAPIError:
        # The server's platform cannot do it (docs: only where poll() has POLLRDHUP or kqueue).
        return {}


def _is_usable(connection: Connection) -> bool:
    """Whether settings can be restored: not on a lost connection or in a failed transaction."""
    if not transactions.is_alive(connection):
        return False
    return transactions.status(connection) in (transactions.IDLE, transactions.IN_TRANSACTION)
