"""Flask projects for the tests of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.cli.project import USERS, Project


@pytest.fixture
def project(tmp_path: Path, engine: sa.Engine) -> Project:
    """A project with one model and no migrations yet, on an empty database of each kind."""
    found = Project(tmp_path, engine)
    found.write(USERS)
    return found


@pytest.fixture
def sqlite_project(tmp_path: Path, sqlite_engine: sa.Engine) -> Project:
    """The same on SQLite alone, for what has nothing to do with the database."""
    found = Project(tmp_path, sqlite_engine)
    found.write(USERS)
    return found


@pytest.fixture
def started(project: Project) -> Project:
    """A project whose first revision, with the table users, is applied."""
    project.start()
    return project


@pytest.fixture
def sqlite_started(sqlite_project: Project) -> Project:
    """The same on SQLite alone."""
    sqlite_project.start()
    return sqlite_project
