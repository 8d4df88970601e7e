"""Databases for the two that are compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Engine


@contextmanager
def two_databases() -> Iterator[tuple[Engine, Engine]]:
    """Two empty databases in memory."""
    engines = [sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool) for _ in range(2)]
    try:
        yield engines[0], engines[1]
    finally:
        for engine in engines:
            engine.dispose()
