"""Empty databases for a history, with the driver that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from tests.databases import postgresql_database, sqlite_database
from tests.postgres import Server


class Databases:
    """Makes databases, "sqlite" ones in a folder and "postgresql" ones on a server."""

    def __init__(self, folder: Path, server: Server | None, driver: str) -> None:
        self._folder = folder
        self._server = server
        self._driver = driver
        self._numbers = count(1)

    def __call__(self, name: str) -> AbstractContextManager[sa.Engine]:
        """An empty database of that kind, which is gone after the block."""
        if name == "sqlite":
            return sqlite_database(self._folder / f"{next(self._numbers)}.sqlite")
        return self._postgresql()

    @contextmanager
    def _postgresql(self) -> Iterator[sa.Engine]:
        assert self._server is not None
        with postgresql_database(self._server) as made:
            engine = sa.create_engine(made.url.set(drivername=f"postgresql+{self._driver}"))
            try:
                yield engine
            finally:
                engine.dispose()
