"""What a run has for itself: the lock that lets one upgrader in, and its settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from flaskmig.dialects.postgresql import lock, settings, transactions
from flaskmig.dialects.postgresql.lock import lock_key
from flaskmig.dialects.postgresql.sending import listening

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


@dataclass(slots=True)
class _Settled:
    """What the session has, or with ``local`` the transaction, and is to have in each step.

    ``summary`` is the text that ``summing`` gives for it. ``lent`` counts how often somebody
    else had the connection, and ``is_settled`` says that nobody had since it was looked at.
    ``last`` is a statement for the end of the step that is open.
    """

    values: Mapping[str, str]
    local: bool
    summing: str
    summary: str
    lent: int = 0
    is_settled: bool = True
    last: str = ""

    def take_last(self) -> str:
        """The statement that is to go with the COMMIT; none is kept."""
        taken, self.last = self.last, ""
        return taken

    def with_summary(self, query: str) -> str:
        """The query with the summary as its last column; "" where a closer look is needed."""
        if not (query and self.is_settled):
            return ""
        return f"SELECT asked.*, {self.summing} FROM ({query}) AS asked"

    def is_told_by(self, rows: Sequence[Any]) -> bool:
        """Whether there are rows of `with_summary`, and they have the summary as it is to be."""
        return bool(rows) and all(row[-1] == self.summary for row in rows)


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
def step(connection: Connection, ask: str = "") -> Iterator[Sequence[Any]]:
    """One atomic step; behind a transaction pooler with the lock and the settings.

    Gives the rows of the query ``ask``, read with the settings of the session as they are to be.
    """
    if _POOLED in connection.info:
        with _pooled_step(connection) as pooled:
            settings.make(connection, pooled.settings, local=True)
            yield _asked(connection, ask)
        return
    settled: _Settled | None = connection.info.get(_SETTLED)
    if settled is None:
        with transactions.step(connection, ask) as rows:
            yield rows
        return
    settled.take_last()
    try:
        with transactions.step(connection, settled.with_summary(ask), settled.take_last) as rows:
            if settled.is_told_by(rows):
                rows = [row[:-1] for row in rows]
            elif ask:
                settled.is_settled = False
                settle(connection)
                rows = _asked(connection, ask)
            yield rows
    except BaseException:
        # What was brought back inside of the step is again as it was before.
        settled.is_settled = False
        raise


@contextmanager
def _pooled_step(connection: Connection) -> Iterator[_Pooled]:
    pooled: _Pooled = connection.info[_POOLED]
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
        yield pooled


def _asked(connection: Connection, ask: str) -> Sequence[Any]:
    return transactions.execute(connection, ask).all() if ask else ()


def settle(connection: Connection) -> None:
    """Bring back the settings of the session where somebody else had it since the last look.

    What a revision sets ends with it, and so does the role that it takes on: ours may write the
    version table.
    """
    settled: _Settled | None = connection.info.get(_SETTLED)
    if settled is not None and not settled.is_settled:
        settings.bring_back(connection, settled.values, local=settled.local)
        settled.is_settled = True


def lend(connection: Connection) -> None:
    """Somebody else gets the connection, and may set in its session what they like."""
    settled: _Settled | None = connection.info.get(_SETTLED)
    if settled is not None:
        settled.lent += 1
        settled.is_settled = False


def commit_with(connection: Connection, sql: str) -> bool:
    """Send one statement with the COMMIT of the step; False where that is not ours to send."""
    settled: _Settled | None = connection.info.get(_SETTLED)
    if settled is None or settled.local:
        return False
    settled.last = sql
    return True


def epoch(connection: Connection) -> int | None:
    """A number that is the same while the session surely has the lock of the run.

    Whoever has the connection may let go of it. Behind a pooler the lock is each transaction's.
    """
    settled: _Settled | None = connection.info.get(_SETTLED)
    return None if settled is None else settled.lent


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
    with settings.made(connection, values, local=local) as found, listening(connection):
        summing = settings.summed_up(values)
        summary = transactions.execute(connection, f"SELECT {summing}").scalar_one()
        info[_SETTLED] = _Settled(found, local, summing, summary)
        try:
            yield
        finally:
            info.pop(_SETTLED, None)
            if transactions.is_usable(connection):
                with transactions.unless_lost():
                    settings.bring_back(connection, found, local=local)
