"""The raw queries by which a database says what it has: no tool can be faster than they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from flaskmig import engine as flaskmig_engine

_SQLITE = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master",
    "SELECT m.name, x.* FROM sqlite_master m, pragma_table_xinfo(m.name) x WHERE m.type = 'table'",
    "SELECT m.name, l.*, x.* FROM sqlite_master m, pragma_index_list(m.name) l, "
    "pragma_index_xinfo(l.name) x WHERE m.type = 'table'",
    "SELECT m.name, k.* FROM sqlite_master m, pragma_foreign_key_list(m.name) k "
    "WHERE m.type = 'table'",
)


def raw_queries(connection: sa.Connection, schemas: Sequence[str] = ()) -> list[tuple[str, Any]]:
    """What asks for all that a comparison needs, in the words of the driver.

    ``schemas`` are those to read beside the default one. On PostgreSQL the queries are those that
    flaskmig sends, which leave nothing to ask for.
    """
    if connection.dialect.name == "sqlite":
        return [(sql, ()) for sql in _SQLITE]
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_: Any) -> None:
        sent.append((sql, parameters))

    sa.event.listen(connection, "before_cursor_execute", note)
    flaskmig_engine.introspect(connection, schemas=schemas)
    sa.event.remove(connection, "before_cursor_execute", note)
    connection.rollback()
    return sent


def reading(
    connection: sa.Connection, schemas: Sequence[str] = ()
) -> tuple[Callable[[], int], int]:
    """What sends them with the bare driver and fetches every row, and how many they are."""
    queries = raw_queries(connection, schemas)
    raw: Any = connection.connection.driver_connection

    def read() -> int:
        rows = 0
        cursor = raw.cursor()
        for sql, parameters in queries:
            cursor.execute(sql, parameters)
            rows += len(cursor.fetchall()) if cursor.description else 0
        raw.rollback()
        return rows

    return read, len(queries)
