"""One database of each kind for all stories of a module."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
import sqlalchemy as sa

from tests.databases import NAMES, postgresql_database, sqlite_database
from tests.tampering.story import Story

_numbers = count(1)


class MakeStory(Protocol):
    """Tells a story anew on a kind of database."""

    def __call__(self, kind: str) -> Story: ...


@pytest.fixture(scope="module")
def databases(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[dict[str, sa.Engine]]:
    """Empty databases, by kind."""
    path = tmp_path_factory.mktemp("tampering") / "database.sqlite"
    server = request.getfixturevalue("postgresql_server")
    with sqlite_database(path) as sqlite, postgresql_database(server) as postgresql:
        yield dict(zip(NAMES, (sqlite, postgresql), strict=True))


@pytest.fixture
def make_story(tmp_path: Path, databases: dict[str, sa.Engine]) -> MakeStory:
    """Makes the three applied revisions, in a folder of the test's own."""

    def make(kind: str) -> Story:
        number = next(_numbers)
        return Story(tmp_path / f"story{number}", databases[kind], f"s{number}")

    return make
