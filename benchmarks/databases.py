"""Databases to measure on: made for the run and gone with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from tests.postgres import start_server

NAMES = ("sqlite", "postgresql")


@contextmanager
def empty_database(name: str) -> Iterator[sa.Engine]:
    """An engine on an empty database; PostgreSQL is a server of its own on this machine."""
    with databases(name) as make:
        engine = sa.create_engine(make())
        yield engine
        engine.dispose()


@contextmanager
def databases(name: str, **settings: str) -> Iterator[Callable[[], str]]:
    """What makes one empty database after another, and gives their URLs.

    ``settings`` are those of the server, where there is one.
    """
    numbers = count()
    if name == "sqlite":
        with TemporaryDirectory() as folder:
            yield lambda: f"sqlite:///{Path(folder) / f'benchmark_{next(numbers)}.sqlite'}"
        return
    with start_server(**settings) as server:
        import psycopg

        def make() -> str:
            database = f"benchmark_{next(numbers)}"
            url = server.url().replace("+psycopg", "", 1)
            with closing(psycopg.connect(url, autocommit=True)) as connection:
                connection.execute(f"CREATE DATABASE {database}")
            return server.url(database)

        yield make


def create(metadata: sa.MetaData, engine: sa.Engine) -> None:
    """Make the tables.

    On PostgreSQL each in a transaction of its own: a lock is held for each until its end. On
    SQLite all in one, which is on the disk once.
    """
    if engine.name == "sqlite":
        with engine.begin() as connection:
            metadata.create_all(connection)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in sorted({table.schema for table in metadata.tables.values() if table.schema}):
            connection.execute(sa.schema.CreateSchema(name))
        metadata.create_all(connection)
