"""What SQLite asks before it compiles a statement: who commits, what is set, what a view reads.

SQLite asks while it compiles, so whatever way a statement takes it comes by here: through
SQLAlchemy, the driver's cursor, ``commit()`` of its connection, or ``executescript()``, which
commits before it does anything else.

Source: SQLite's documentation, "Compile-Time Authorization Callbacks".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from flaskmig.dialects.sqlite.driver import query
from flaskmig.dialects.sqlite.pragmas import NOTED, is_unsafe
from flaskmig.sql import folded


class Authority:
    """The callback of one connection; there can be but one, and it cannot be read back.

    ``pragmas`` are those of NOTED that were given a value since they were last taken out.
    ``is_lent``: others have the driver's connection, and may set another callback, or none;
    ``was_replaced``: they did, so that some of the pragmas may be missing there.
    """

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._is_there = False
        self._is_closed = False
        self._reads: set[tuple[str, str, str]] | None = None
        self._was_asked = False
        self.pragmas = set[str]()
        self.is_lent = False
        self.was_replaced = False

    def look(self) -> None:
        """See whether SQLite still asks, where others may have changed that."""
        if not self.is_lent:
            return
        self._was_asked = False
        # SQLite compiles a pragma each time it is run.
        query(self._raw, "PRAGMA busy_timeout")
        self.was_replaced = self.was_replaced or not self._was_asked

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Inside of this ``pragmas`` are noted, whoever sets them."""
        with self._asked():
            yield

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Inside of this nobody commits or begins a transaction: SQLite says "not authorized".

        To roll back is allowed: what is undone is undone as a whole. So nobody turns the journal
        off that SQLite needs for it.
        """
        self._is_closed = True
        try:
            with self._asked():
                yield
        finally:
            self._is_closed = False

    @contextmanager
    def reading(self) -> Iterator[set[tuple[str, str, str]]]:
        """What the statements read that are compiled inside of this.

        Each is a table, a column, both without letter case, and the view or trigger that does.
        """
        reads: set[tuple[str, str, str]] = set()
        self._reads = reads
        try:
            with self._asked():
                yield reads
        finally:
            self._reads = None

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Have SQLite ask, also about each statement that was compiled before."""
        was_there, self._is_there = self._is_there, True
        if was_there:
            self.look()
        self._raw.set_authorizer(self)
        try:
            yield
        finally:
            self._is_there = was_there
            if not was_there:
                self._raw.set_authorizer(None)

    def __call__(
        self, action: int, one: str | None, two: str | None, database: str | None, by: str | None
    ) -> int:
        """SQLite's question; the names are those that its documentation lists for the action."""
        self._was_asked = True
        if action == sqlite3.SQLITE_READ:
            if self._reads is not None:
                self._reads.add((folded(one or ""), folded(two or ""), by or ""))
        elif action == sqlite3.SQLITE_PRAGMA and two is not None:
            self.pragmas |= NOTED & {folded(one or "")}
        if self._is_closed and _cannot_be_undone(action, one or "", two or ""):
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK


def _cannot_be_undone(action: int, one: str, two: str) -> bool:
    if action == sqlite3.SQLITE_PRAGMA:
        return folded(one) == "journal_mode" and is_unsafe(two)
    return action == sqlite3.SQLITE_TRANSACTION and one != "ROLLBACK"
