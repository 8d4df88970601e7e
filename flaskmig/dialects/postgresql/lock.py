"""The lock that lets one upgrader in: a number, asked for until it is free."""

from __future__ import annotations

import hashlib
import random
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import text

from flaskmig.dialects.postgresql import transactions
from flaskmig.errors import LockTimeoutError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Awaited

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.05, 0.5

# The values in the statement that the holder runs are nobody's business who waits.
_LITERAL = re.compile(r"'(?:[^']|'')*'")

_TRY = text("SELECT pg_catalog.pg_try_advisory_lock(:key)")
_TRY_IN_TRANSACTION = text("SELECT pg_catalog.pg_try_advisory_xact_lock(:key)")
_RELEASE = text("SELECT pg_catalog.pg_advisory_unlock(:key)")
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


def lock_key(key: str) -> int:
    """The same 64-bit number for the same text, on every machine."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)


def take(connection: Connection, key: int) -> bool:
    """Try to get the lock for the session; whether it was free."""
    return bool(connection.execute(_TRY, {"key": key}).scalar_one())


def take_for_transaction(connection: Connection, key: int) -> bool:
    """Try to get the lock for the open transaction; whether it was free."""
    return bool(connection.execute(_TRY_IN_TRANSACTION, {"key": key}).scalar_one())


def release(connection: Connection, key: int) -> None:
    """Let the session's lock go; a connection that is lost here has let it go already."""
    with transactions.unless_lost():
        connection.execute(_RELEASE, {"key": key})


def wait(
    connection: Connection,
    attempt: Callable[[], bool],
    *,
    key: int,
    seconds: float,
    awaited: Awaited | None,
) -> None:
    """Ask again and again: a session that waits inside the lock holds a snapshot.

    CREATE INDEX CONCURRENTLY of the holder would wait for that snapshot, and both for ever.
    ``awaited`` is called with the holder when the wait begins and when the holder changes.
    Raises LockTimeoutError after ``seconds``.
    """
    deadline = time.monotonic() + seconds
    told: int | None = None
    while not attempt():
        left = deadline - time.monotonic()
        if left <= 0:
            raise _timed_out(_holder(connection, key)[1], seconds)
        if awaited is not None:
            pid, holder = _holder(connection, key)
            if pid is not None and pid != told:
                told = pid
                awaited(holder)
        time.sleep(min(left, random.uniform(_SHORTEST_PAUSE, _LONGEST_PAUSE)))


def _timed_out(holder: str, seconds: float) -> LockTimeoutError:
    return LockTimeoutError(
        f"another upgrade of this database is running: {holder or 'unknown'}",
        holder=holder,
        hint=f"wait for it to end, or wait for longer than {seconds:g} seconds: --lock-wait, or "
        "Migrate(…, lock_wait=…)",
    )


def _holder(connection: Connection, key: int) -> tuple[int | None, str]:
    """Process id of the backend that has the lock, and who that is; nobody between two holders."""
    halves = key.to_bytes(8, "big", signed=True)
    low, high = (int.from_bytes(half, "big") for half in (halves[4:], halves[:4]))
    row = connection.execute(_HOLDER, {"high": high, "low": low}).mappings().first()
    if row is None:
        return None, ""
    found = [f"pid {row['pid']}"]
    if row["usename"]:
        found.append(f"user {row['usename']}")
    if row["application_name"]:
        found.append(row["application_name"])
    if row["address"]:
        found.append(f"from {row['address']}")
    query = " ".join(_LITERAL.sub("'…'", row["query"] or "").split())[:80]
    return int(row["pid"]), ", ".join(found) + (f", {row['state']}: {query}" if query else "")
