from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.execute.chain import Chain


@pytest.fixture
def chain(tmp_path: Path, engine: Engine) -> Chain:
    """A project without revisions on an empty database, once for each kind."""
    return Chain(tmp_path / "migrations", engine)


@pytest.fixture
def sqlite_chain(tmp_path: Path, sqlite_engine: Engine) -> Chain:
    return Chain(tmp_path / "migrations", sqlite_engine)


@pytest.fixture
def postgresql_chain(tmp_path: Path, postgresql_engine: Engine) -> Chain:
    return Chain(tmp_path / "migrations", postgresql_engine)
