from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Connection

from tests.sqlite.support import engine_of


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A connection to an empty file, foreign keys enforced."""
    engine = engine_of(tmp_path / "test.db")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
