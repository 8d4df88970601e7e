"""Databases for the tests: files for SQLite, a server of the session's own for PostgreSQL."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TypeAlias

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

from tests.databases import NAMES, postgresql_database, sqlite_database
from tests.postgres import Server, start_server

MakeDatabase: TypeAlias = Callable[[str], sa.Engine]

_MEMORY = "/dev/shm"
_PLENTY = 8 * 2**30

_SLOW_IS_FINE = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
)

# Both repeat themselves: the first always draws the same examples, the second those of
# --hypothesis-seed, as many as FLASKMIG_EXAMPLES says.
settings.register_profile(
    "normal", derandomize=True, database=None, deadline=None, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile(
    "deep",
    derandomize=False,
    database=None,
    deadline=None,
    print_blob=True,
    max_examples=int(os.environ.get("FLASKMIG_EXAMPLES", "5000")),
    suppress_health_check=_SLOW_IS_FINE,
)
settings.load_profile("normal")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of single folders, here so that every command line knows them."""
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="write the expected files of tests/cases anew",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Give child processes the checkout, and temporary files a place that is fast."""
    _work_in_memory()
    root = str(config.rootpath)
    known = os.environ.get("PYTHONPATH", "")
    if root not in known.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (root, known)))


def _work_in_memory() -> None:
    """Have temporary folders in memory, where there is plenty: half of the time is fsync.

    Nothing here cuts the power, so what a disk would keep is never asked.
    """
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK | os.X_OK):
        return
    status = os.statvfs(_MEMORY)
    if status.f_bavail * status.f_frsize >= _PLENTY and not status.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = _MEMORY


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A running PostgreSQL server; one that cannot start fails the test, and skips none."""
    with start_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: Server) -> str:
    """The URL of the server's maintenance database."""
    return postgresql_server.url()


@pytest.fixture
def make_database(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[MakeDatabase]:
    """Makes an empty database of the named kind, gone when the test ends."""
    with ExitStack() as stack:

        def make(name: str) -> sa.Engine:
            if name == "sqlite":
                path = tmp_path_factory.mktemp("sqlite") / "database.sqlite"
                return stack.enter_context(sqlite_database(path))
            assert name in NAMES, f"there is no {name} database here"
            server: Server = request.getfixturevalue("postgresql_server")
            return stack.enter_context(postgresql_database(server))

        yield make


@pytest.fixture
def sqlite_engine(make_database: MakeDatabase) -> sa.Engine:
    """An empty SQLite database in a file."""
    return make_database("sqlite")


@pytest.fixture
def postgresql_engine(make_database: MakeDatabase) -> sa.Engine:
    """An empty PostgreSQL database."""
    return make_database("postgresql")


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest, make_database: MakeDatabase) -> sa.Engine:
    """An empty database, once on SQLite and once on PostgreSQL."""
    return make_database(request.param)
