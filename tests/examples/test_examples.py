"""The examples and the tour, run as their readers would run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tests.flask_process import run_flask
from tests.live.catalogue import everything

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

Flask = Callable[..., str]


@pytest.fixture
def flask(request: pytest.FixtureRequest, tmp_path: Path, engine: Engine) -> Flask:
    """Runs ``flask db …`` in a copy of the example that the test's mark names."""
    example, application = request.node.get_closest_marker("example").args
    folder = tmp_path / example
    ignored = shutil.ignore_patterns("instance", "__pycache__")
    shutil.copytree(EXAMPLES / example, folder, ignore=ignored)
    environment = {**os.environ, "FLASK_APP": application}
    environment["DATABASE_URL"] = engine.url.render_as_string(hide_password=False)

    def run(*arguments: str) -> str:
        done = run_flask(["db", *arguments], folder=folder, environment=environment)
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return run


def go_up_and_down(flask: Flask, engine: Engine) -> None:
    flask("upgrade")
    assert "No new upgrade operations" in flask("check")
    flask("downgrade", "base")
    with engine.connect() as connection:
        assert everything(connection) == set()
    flask("upgrade")
    assert "No new upgrade operations" in flask("check")


@pytest.mark.example("minimal", "app")
def test_minimal(flask: Flask, engine: Engine) -> None:
    """The migrations of the minimal example make its models, and take them back."""
    go_up_and_down(flask, engine)


@pytest.mark.example("blog", "blog")
def test_blog(flask: Flask, engine: Engine) -> None:
    """The migrations of the blog make its models, through a branch and a merge, and back."""
    go_up_and_down(flask, engine)
    assert len(flask("heads").splitlines()) == 1
    assert "mergepoint" in flask("history")
    assert "branchpoint" in flask("branches")


@pytest.mark.example("blog", "blog")
def test_data_migration_of_the_blog(flask: Flask, engine: Engine) -> None:
    """The rows that the first revision's tables held have names and slugs after the last."""
    flask("upgrade", "1f0b8a3c5d21")
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO users (id, email, first_name, last_name)"
                " VALUES (1, 'ada@example.org', 'Ada', 'Lovelace')"
            )
        )
        connection.execute(
            sa.text(
                "INSERT INTO posts (id, author_id, title, body, status)"
                " VALUES (1, 1, 'Notes on the Engine', 'It weaves', 'published'),"
                " (2, 1, 'Notes on the Engine', 'Again', 'draft')"
            )
        )
    flask("upgrade")
    with engine.connect() as connection:
        names = connection.execute(sa.text("SELECT display_name FROM users")).scalars().all()
        query = sa.text("SELECT slug, body, status FROM posts ORDER BY id")
        posts = [tuple(row) for row in connection.execute(query)]
    assert names == ["Ada Lovelace"]
    assert posts == [
        ("notes-on-the-engine-1", "It weaves", "published"),
        ("notes-on-the-engine-2", "Again", "draft"),
    ]
    flask("downgrade", "1f0b8a3c5d21")
    with engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT title, body FROM posts ORDER BY id")).all()
    assert [tuple(row) for row in kept] == [
        ("Notes on the Engine", "It weaves"),
        ("Notes on the Engine", "Again"),
    ]


def test_tour() -> None:
    """The tour runs to its end."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / "tour.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "email" in done.stdout
