"""Databases to measure on: made for the run and gone with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from tests.postgres import start_server

NAMES = ("sqlite", "postgresql")


@contextmanager
def empty_database(name: str) -> Iterator[sa.Engine]:
    """An engine on an empty database; PostgreSQL is a server of its own on this machine."""
    if name == "postgresql":
        with start_server() as server:
            engine = sa.create_engine(server.url())
            yield engine
            engine.dispose()
        return
    with TemporaryDirectory() as folder:
        engine = sa.create_engine(f"sqlite:///{Path(folder) / 'benchmark.sqlite'}")
        yield engine
        engine.dispose()
