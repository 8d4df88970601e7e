"""Several databases: one graph, a version table in each."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.cli.project import USERS, Project
from tests.conftest import MakeDatabase

CLICKS = (
    USERS
    + """

class Click(db.Model):
    __bind_key__ = "my-events"
    __tablename__ = "clicks"
    id = db.Column(db.Integer, primary_key=True)
"""
)

CLICKS_WITH_URL = CLICKS + "    url = db.Column(db.String(200))\n"


class Pair:
    """A project with a second database."""

    def __init__(self, project: Project, events: sa.Engine) -> None:
        self.project = project
        self.events = Project(project.folder, events)
        self.binds = {"my-events": events.url.render_as_string(hide_password=False)}

    def write(self, models: str) -> None:
        self.project.write(models, binds=self.binds)


@pytest.fixture
def pair(tmp_path: Path, engine: sa.Engine, make_database: MakeDatabase) -> Pair:
    found = Pair(Project(tmp_path, engine), make_database(engine.dialect.name))
    found.write(CLICKS)
    return found


def test_all_binds(pair: Pair) -> None:
    """After init --multidb one revision serves both databases, each with its own tables."""
    project = pair.project
    project.db("init", "--multidb")
    project.db("migrate", "-m", "both")
    [file] = project.files
    assert "def upgrade_my_events()" in file.read_text()
    project.db("upgrade")
    assert project.tables() == {"users"}
    assert pair.events.tables() == {"clicks"}
    assert project.rows() == pair.events.rows() != set()
    project.db("check")
    assert "my-events: " in project.db("current").stdout
    project.db("downgrade", "base")
    assert project.tables() == pair.events.tables() == set()


def test_only_the_default_one(pair: Pair) -> None:
    """Without --multidb the other binds are left alone."""
    project = pair.project
    project.quick("init")
    project.quick("migrate")
    project.quick("upgrade")
    assert project.tables() == {"users"}
    assert pair.events.tables() == set()
    assert pair.events.rows() == set()


def test_bind_that_is_added_later(pair: Pair) -> None:
    """A bind added later goes through the history, which does nothing there, and is managed."""
    project = pair.project
    project.write(USERS)
    project.quick("init", "--multidb")
    project.quick("migrate")
    project.quick("upgrade")
    pair.write(CLICKS)
    assert "flask db upgrade" in project.db("migrate", code=1).stderr
    project.db("upgrade")
    assert pair.events.rows() == project.rows()
    assert pair.events.tables() == set()
    project.db("migrate")
    project.db("upgrade")
    assert pair.events.tables() == {"clicks"}
    assert project.tables() == {"users"}


def test_one_bind(pair: Pair) -> None:
    """--bind restricts a command to the databases that it names."""
    project = pair.project
    project.quick("init", "--multidb")
    project.quick("migrate")
    project.db("upgrade", "--bind", "my-events")
    assert pair.events.tables() == {"clicks"}
    assert project.tables() == set()
    assert project.db("current", "--bind", "default").stdout == ""
    assert [row["bind"] for row in project.json("current", "--bind", "my-events")] == ["my-events"]
    project.quick("upgrade", "--bind", "default")
    pair.write(CLICKS_WITH_URL)
    assert project.db("diff").stdout == "my-events: add column clicks.url\n"
    assert "No changes" in project.db("migrate", "--bind", "default").stdout
    assert "nonesuch" in project.db("upgrade", "--bind", "nonesuch", code=1).stderr


def test_sql_of_several(pair: Pair) -> None:
    """--sql prints one script for each database, and writes no file."""
    project = pair.project
    project.quick("init", "--multidb")
    project.quick("migrate")
    before = {path.name for path in project.folder.iterdir()}
    script = project.db("upgrade", "--sql").stdout
    assert "users" in script
    assert "clicks" in script
    assert "my-events" in script
    assert {path.name for path in project.folder.iterdir()} == before
