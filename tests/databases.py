"""Empty databases that are gone when they are no longer needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from tests.postgres import Server

NAMES = ("sqlite", "postgresql")

_numbers = count(1)


@contextmanager
def sqlite_database(path: Path) -> Iterator[sa.Engine]:
    """An engine on a file that is not there yet."""
    engine = sa.create_engine(f"sqlite:///{path}")
    try:
        yield engine
    finally:
        engine.dispose()
        path.unlink(missing_ok=True)


@contextmanager
def postgresql_database(server: Server) -> Iterator[sa.Engine]:
    """An engine on a new database of the server."""
    name = f"flaskmig_{next(_numbers)}"
    _run(server, f'CREATE DATABASE "{name}" TEMPLATE template0')
    engine = sa.create_engine(server.url(name))
    try:
        yield engine
    finally:
        engine.dispose()
        _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(server: Server, sql: str) -> None:
    engine = sa.create_engine(server.url(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(sql)
