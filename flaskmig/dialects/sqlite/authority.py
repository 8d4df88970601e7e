"""What SQLite asks before it compiles a statement: who commits, and what a view reads.

SQLite asks while it compiles, so whatever way a statement takes it comes by here: through
SQLAlchemy, the driver's cursor, ``commit()`` of its connection, or ``executescript()``, which
commits before it does anything else.

Source: SQLite's documentation, "Compile-Time Authorization Callbacks".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from flaskmig.dialects.sqlite.pragmas import is_unsafe
from flaskmig.sql import folded


class Authority:
    """The callback of one connection; there can be but one, and it cannot be read back."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._is_closed = False
        self._reads: set[tuple[str, str, str]] | None = None

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Inside of this nobody commits or begins a transaction: SQLite says "not authorized".

        To roll back is allowed: what is undone is undone as a whole. So nobody turns the journal
        off that SQLite needs for it.
        """
        self._is_closed = True
        self._raw.set_authorizer(self)
        try:
            yield
        finally:
            self._is_closed = False
            self._raw.set_authorizer(None)

    @contextmanager
    def reading(self) -> Iterator[set[tuple[str, str, str]]]:
        """What the statements read that are compiled inside of this.

        Each is a table, a column, both without letter case, and the view or trigger that does.
        """
        reads: set[tuple[str, str, str]] = set()
        self._reads = reads
        self._raw.set_authorizer(self)
        try:
            yield reads
        finally:
            self._reads = None
            if not self._is_closed:
                self._raw.set_authorizer(None)

    def __call__(
        self, action: int, one: str | None, two: str | None, database: str | None, by: str | None
    ) -> int:
        """SQLite's question; the names are those that its documentation lists for the action."""
        if action == sqlite3.SQLITE_READ and self._reads is not None:
            self._reads.add((folded(one or ""), folded(two or ""), by or ""))
        if self._is_closed and _cannot_be_undone(action, one or "", two or ""):
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK


def _cannot_be_undone(action: int, one: str, two: str) -> bool:
    if action == sqlite3.SQLITE_PRAGMA:
        return folded(one) == "journal_mode" and is_unsafe(two)
    return action == sqlite3.SQLITE_TRANSACTION and one != "ROLLBACK"
