"""What a run has for itself: the lock that lets one upgrader in, and its settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.engine import Connection

from flaskmig.dialects.postgresql import lock, settings, transactions
from flaskmig.dialects.postgresql.lock import lock_key

if TYPE_CHECKING:
    from flaskmig.dialects.base import Awaited

_POOLED, _SETTLED = "flaskmig.pooled", "flaskmig.settled"

_BACKEND = text("SELECT pg_catalog.pg_backend_pid()")


@dataclass(frozen=True, slots=True)
class _Pooled:
    """What each step must do for itself behind a pooler that hands out a backend for each one."""

    key: int
    lock_wait: float
    settings: Mapping[str, str]
    awaited: Awaited | None


@dataclass(frozen=True, slots=True)
class _Settled:
    """Settings to make again, the session's or with ``local`` the transaction's."""

    values: Mapping[str, str]
    before: Mapping[str, str]
    local: bool


@contextmanager
def session(
    connection: Connection,
    *,
    key: str,
    lock_wait: float = 60.0,
    lock_timeout: float | None = 3.0,
    statement_timeout: float | None = None,
    awaited: Awaited | None = None,
) -> Iterator[None]:
    """The lock taken, settings made and read back; at the end restored and unlocked.

    Inside, the connection is in autocommit, so that what runs outside of a step is outside of a
    transaction. In a transaction that the caller has open, the lock and the settings are that
    transaction's, and it is left open. Behind a transaction pooler (the backend is not the one
    that the driver connected to) a session's lock would be shared and leak, so each step takes
    the lock and makes the settings for itself.

    Times are seconds; ``awaited`` is called with who has the lock. Raises LockTimeoutError,
    ConfigurationError.
    """
    number = lock_key(key)
    values = settings.wanted(lock_timeout, statement_timeout)
    if transactions.is_open(connection):
        lock.wait(
            connection,
            lambda: lock.take_for_transaction(connection, number),
            key=number,
            seconds=lock_wait,
            awaited=awaited,
        )
        with _settled(connection, values, local=True):
            yield
        return
    with _autocommit(connection):
        if _is_pooled(connection):
            with _pooled(connection, _Pooled(number, lock_wait, values, awaited)):
                yield
            return
        with (
            _locked(connection, number, lock_wait, awaited),
            _settled(connection, values, local=False),
        ):
            yield


@contextmanager
def step(connection: Connection) -> Iterator[None]:
    """One atomic step; behind a transaction pooler with the lock and the settings."""
    pooled: _Pooled | None = connection.info.get(_POOLED)
    if pooled is None:
        with transactions.step(connection):
            yield
        return
    with ExitStack() as stack:

        def attempt() -> bool:
            stack.enter_context(transactions.step(connection))
            if lock.take_for_transaction(connection, pooled.key):
                return True
            # A transaction that waits would keep a backend from everybody else.
            stack.close()
            return False

        lock.wait(
            connection,
            attempt,
            key=pooled.key,
            seconds=pooled.lock_wait,
            awaited=pooled.awaited,
        )
        settings.make(connection, pooled.settings, local=True)
        yield


def settle(connection: Connection) -> None:
    """Make the settings again that SQL inside of the session may have changed, bring others back.

    What a revision sets ends with it, and so does the role that it takes on: ours may write the
    version table.
    """
    settled: _Settled | None = connection.info.get(_SETTLED)
    if settled is not None:
        settings.bring_back(connection, settled.before, local=settled.local)
        settings.make(connection, settled.values, local=settled.local)


def is_pooled(connection: Connection) -> bool:
    """Whether the session found a transaction pooler between it and the server."""
    return _POOLED in connection.info


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
def _pooled(connection: Connection, pooled: _Pooled) -> Iterator[None]:
    driver = transactions.driver(connection)
    before = getattr(driver, "prepare_threshold", None)
    if before is not None:
        # A statement that psycopg prepares on one backend is not there on the next.
        driver.prepare_threshold = None
    connection.info[_POOLED] = pooled
    try:
        yield
    finally:
        connection.info.pop(_POOLED, None)
        if before is not None:
            driver.prepare_threshold = before


@contextmanager
def _locked(
    connection: Connection, key: int, lock_wait: float, awaited: Awaited | None
) -> Iterator[None]:
    lock.wait(
        connection,
        lambda: lock.take(connection, key),
        key=key,
        seconds=lock_wait,
        awaited=awaited,
    )
    try:
        yield
    finally:
        if transactions.is_usable(connection):
            lock.release(connection, key)


@contextmanager
def _settled(connection: Connection, values: Mapping[str, str], *, local: bool) -> Iterator[None]:
    info = connection.info
    with settings.made(connection, values, local=local) as again:
        before = settings.of_session(connection)
        info[_SETTLED] = _Settled(again, before, local)
        try:
            yield
        finally:
            info.pop(_SETTLED, None)
            if transactions.is_usable(connection):
                with transactions.unless_lost():
                    settings.bring_back(connection, before, local=local)
