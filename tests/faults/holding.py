"""The lock of upgraders in another's hands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from flaskmig.dialects.postgresql import PostgreSQL

KEY = "flaskmig:alembic_version"


@contextmanager
def held(engine: sa.Engine) -> Iterator[str]:
    """The lock in another session's hands; yields what names it, if anything does."""
    if engine.dialect.name == "sqlite":
        with sqlite3.connect(str(engine.url.database), isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            yield ""
            other.execute("ROLLBACK")
        other.close()
        return
    with engine.connect() as connection, PostgreSQL().session(connection, key=KEY):
        yield f"pid {connection.connection.dbapi_connection.info.backend_pid}"  # type: ignore[union-attr]
