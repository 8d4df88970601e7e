from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.contexts.files import Files


@pytest.fixture
def files(tmp_path: Path, engine: Engine) -> Files:
    """No revision files yet, and an empty database, once for each kind."""
    return Files(tmp_path / "migrations", engine)


@pytest.fixture
def sqlite_files(tmp_path: Path, sqlite_engine: Engine) -> Files:
    return Files(tmp_path / "migrations", sqlite_engine)


@pytest.fixture
def postgresql_files(tmp_path: Path, postgresql_engine: Engine) -> Files:
    return Files(tmp_path / "migrations", postgresql_engine)
