"""Speaking to Python's sqlite3 below SQLAlchemy.

SQLAlchemy opens a transaction of its own before the first statement, and an application may
have taught it to send BEGIN then. Settings that only work outside a transaction, and BEGIN
IMMEDIATE itself, must therefore go to the driver's own connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def driver(connection: Connection) -> sqlite3.Connection:
    """The sqlite3.Connection of a SQLAlchemy connection."""
    # Not driver_connection: a detached connection no longer knows it.
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


def query(raw: sqlite3.Connection, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    """All rows of a statement, without SQLAlchemy's transaction; a sqlite3.Error passes."""
    cursor = raw.cursor()
    try:
        cursor.execute(sql, tuple(parameters))
        return cursor.fetchall()
    finally:
        cursor.close()


def setting(raw: sqlite3.Connection, name: str) -> Any:
    """The value of a pragma, None where it has none."""
    rows = query(raw, f"PRAGMA {name}")
    return rows[0][0] if rows else None
