"""Benches that the cases share, one of each kind for each process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases.bench import Bench, postgresql_bench, sqlite_bench
from tests.postgres import Server

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def sqlite_worktop() -> Iterator[Bench]:
    """Files in memory, where the system has a folder for that."""
    home = MEMORY if MEMORY.is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="flaskmig-cases-", dir=home) as folder,
        sqlite_bench(Path(folder)) as bench,
    ):
        yield bench


@pytest.fixture(scope="session")
def postgresql_worktop(postgresql_server: Server) -> Iterator[Bench]:
    """Two databases of the session's server."""
    with postgresql_bench(postgresql_server) as bench:
        yield bench


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """The empty databases of the kind that the test names."""
    found: Bench = request.getfixturevalue(f"{request.param}_worktop")
    found.clear()
    yield found
    for engine in (found.work, found.peer):
        engine.dispose()
