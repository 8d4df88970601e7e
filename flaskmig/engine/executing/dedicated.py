"""The connection that a run has to itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flaskmig.dialects.answers import connected

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine


@contextmanager
def dedicated(engine: Engine, connection: Connection | None = None) -> Iterator[Connection]:
    """A connection that goes back to no pool: what a migration sets on it must not stay.

    A caller's connection, and the one that an in-memory SQLite database lives in, are used as
    they are. Raises ConfigurationError where there is no reaching the database.
    """
    if connection is not None:
        yield connection
        return
    with connected(engine) as made:
        if not is_in_memory(engine):
            made.detach()
        yield made


def is_in_memory(engine: Engine) -> bool:
    """Whether the database is gone when its connection is closed."""
    if engine.dialect.name != "sqlite":
        return False
    database = engine.url.database or ""
    return database in ("", ":memory:") or "mode=memory" in str(engine.url)
