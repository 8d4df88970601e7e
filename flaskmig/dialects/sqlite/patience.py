"""Waiting until SQLite is not locked any more."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

from flaskmig.dialects.base import READERS
from flaskmig.dialects.sqlite.driver import query, setting
from flaskmig.errors import LockTimeoutError

if TYPE_CHECKING:
    from flaskmig.dialects.sqlite.session import State

_POLL_MILLISECONDS = 100
_SECONDS_UNTOLD = 1.0
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def patiently(raw: sqlite3.Connection, sql: str, state: State) -> None:
    """BEGIN IMMEDIATE or COMMIT, in short waits: an interrupt is not held up, and waits are told.

    COMMIT has to wait for readers where there is no write-ahead log (documentation, "File Locking
    And Concurrency"); the transaction stays open, so it can be tried again.
    Raises LockTimeoutError after the ``lock_wait`` of the state.
    """
    if state.busy_timeout is None or state.may_differ("busy_timeout"):
        state.busy_timeout = int(setting(raw, "busy_timeout"))
    query(raw, f"PRAGMA busy_timeout = {_POLL_MILLISECONDS}")
    try:
        _retry(raw, sql, state)
    finally:
        query(raw, f"PRAGMA busy_timeout = {state.busy_timeout}")
        state.known("busy_timeout")


def _retry(raw: sqlite3.Connection, sql: str, state: State) -> None:
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
                raise _given_up(sql, state.lock_wait) from error
            if awaited is not None and waited >= _SECONDS_UNTOLD:
                awaited(READERS if sql == "COMMIT" else "")
                awaited = None
            time.sleep(_POLL_MILLISECONDS / 10_000)
        else:
            return


def _given_up(sql: str, seconds: float) -> LockTimeoutError:
    longer = "or wait for longer: --lock-wait, or Migrate(…, lock_wait=…)"
    if sql == "COMMIT":
        return LockTimeoutError(
            f"another connection read the SQLite database for {seconds:g} seconds, and COMMIT has "
            "to wait for readers",
            hint=f"end the program that reads, {longer}",
        )
    return LockTimeoutError(
        f"another connection kept SQLite locked for {seconds:g} seconds",
        hint=f"end the other writer, {longer}",
    )


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return (error.sqlite_errorcode & 0xFF) in _BUSY
