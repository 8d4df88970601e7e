from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.legacy.project import OldFiles


@pytest.fixture
def old(tmp_path: Path, sqlite_engine: Engine) -> OldFiles:
    """No revision files yet, and an empty SQLite database."""
    return OldFiles(tmp_path / "migrations", sqlite_engine)
