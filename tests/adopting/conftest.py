"""The databases of the projects."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.adopting.shapes import SHAPES, Shape
from tests.adopting.shop import Shop
from tests.conftest import MakeDatabase
from tests.databases import NAMES

SINGLE, MULTI, CUSTOM = SHAPES


@pytest.fixture(params=NAMES)
def engines(request: pytest.FixtureRequest, make_database: MakeDatabase) -> dict[str, sa.Engine]:
    """Two empty databases of a kind, for the default bind and another."""
    return {bind: make_database(request.param) for bind in ("", "logs")}


@pytest.fixture(params=SHAPES, ids=lambda shape: shape.name)
def shape(request: pytest.FixtureRequest) -> Shape:
    """Each of the three projects."""
    found: Shape = request.param
    return found


@pytest.fixture
def single(tmp_path: Path, sqlite_engine: sa.Engine) -> Shop:
    """The project of one database, half upgraded by Flask-Migrate, on SQLite."""
    return SINGLE.start(tmp_path, {"": sqlite_engine}, SINGLE.middle)


@pytest.fixture
def custom(tmp_path: Path, sqlite_engine: sa.Engine) -> Shop:
    """The project with an env.py of its own, half upgraded by Flask-Migrate, on SQLite."""
    return CUSTOM.start(tmp_path, {"": sqlite_engine}, CUSTOM.middle)
