"""What the commands say of squashed revisions and of what they replace."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

import flaskmig
from flaskmig import Migrate
from tests.conftest import MakeDatabase
from tests.squash.project import History, history, sql_of, write


class Application:
    """A Flask application with the history as its migrations."""

    def __init__(self, whole: History) -> None:
        self.whole = whole
        self.app = Flask(__name__)
        self.app.config["SQLALCHEMY_DATABASE_URI"] = str(whole.engine.url)
        self.db = SQLAlchemy(self.app)
        Migrate(self.app, self.db, directory=str(whole.folder))

    def run(self, *words: str) -> Result:
        return self.app.test_cli_runner().invoke(args=["db", *words])

    def json(self, *words: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(self.run(*words, "--json").stdout)
        return found


@pytest.fixture
def application(tmp_path: Path, make_database: MakeDatabase) -> Application:
    return Application(history(tmp_path / "migrations", make_database("sqlite")))


def test_the_command(application: Application) -> None:
    """squash prints the new file's path, and on stderr what was kept and where it was proven."""
    shown = application.run("squash", "b2:m7", "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith('"""squashed 6 revisions')
    done = application.run("squash", "b2:m7", "-m", "all of last year")
    assert done.exit_code == 0, done.output
    path = application.whole.folder / "versions" / "m7_all_of_last_year.py"
    assert done.stdout == f"{path}\n"
    assert "kept as it is written" in done.stderr
    assert "c3_.py, line" in done.stderr
    assert "proven on an in-memory database" in done.stderr
    assert "replaced/m7_all_of_last_year" in done.stderr
    wrong = application.run("squash", "b2")
    assert wrong.exit_code == 1
    assert "no range of revisions" in wrong.stderr
    assert "Try: write START:END" in wrong.stderr


def test_as_json(application: Application) -> None:
    """With --json the result is one object for programs."""
    done = application.run("squash", "b2:m7", "--dry-run", "--json")
    found = json.loads(done.stdout)
    assert found["revision"] == "m7"
    assert found["replaces"] == ["b2", "c3", "e5", "f6", "d4"]
    assert found["path"] is None
    assert "def upgrade" in found["content"]


def test_reading_commands(application: Application) -> None:
    """history, show, status and check know what is replaced, also from the middle of it."""
    application.run("upgrade", "d4")
    application.run("squash", "b2:m7")
    lines = application.run("history").stdout.splitlines()
    assert lines[2] == "a1 -> m7 (replaces 5), squashed 6 revisions"
    assert len(lines) == 4
    assert application.json("history")[2]["replaces"] == ["b2", "c3", "e5", "f6", "d4"]
    marked = application.run("history", "-i").stdout
    assert "c3 -> d4 (current)" in marked
    assert "Replaces: b2, c3, e5, f6, d4" in application.run("show", "m7").stdout
    assert "replaced/m7" in application.run("show", "c3").stdout
    (status,) = application.json("status")
    assert status["current"] == ["d4"]
    assert status["pending"] == ["e5", "f6", "m7", "g8", "h9"]
    assert status["findings"] == []
    assert "d4" in application.run("current").stdout
    (plan,) = application.json("plan")
    revisions = plan["revisions"]
    assert isinstance(revisions, list)
    assert [each["revision"] for each in revisions] == ["e5", "f6", "m7", "g8", "h9"]
    checked = application.run("check")
    assert checked.exit_code == 1
    assert application.run("upgrade").exit_code == 0
    (status,) = application.json("status")
    assert status["pending"] == []
    assert status["findings"] == []


def test_repair_of_what_the_middle_lost(application: Application) -> None:
    """A row of the middle that was taken away is found, and stamping puts it back."""
    application.run("upgrade", "d4")
    application.run("squash", "b2:m7")
    with application.whole.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'a1'")
    found = application.run("repair")
    assert found.exit_code == 1
    assert "revision d4, which m7 replaces, was applied here" in found.stdout
    assert "flask db stamp d4" in found.stdout
    for command in ("upgrade", "plan"):
        refused = application.run(command)
        assert refused.exit_code == 1
        assert "a second time" in refused.stderr
    assert application.run("stamp", "d4").exit_code == 0
    assert application.run("upgrade").exit_code == 0
    assert application.whole.complaints() == []


def test_a_changed_old_file(application: Application) -> None:
    """An old file that is changed is told of where a database is in the middle, and accepted."""
    application.run("upgrade", "d4")
    application.run("squash", "b2:m7")
    path = next((application.whole.folder / "replaced").rglob("b2_.py"))
    path.write_text(path.read_text() + "# later\n")
    assert "b2" in application.run("repair").stdout
    assert application.run("downgrade", "a1").exit_code == 1
    assert application.run("repair", "--accept", "b2").exit_code == 0
    assert application.whole.complaints() == []
    assert application.run("downgrade", "a1").exit_code == 0
    assert application.whole.rows() == {"a1"}


def test_the_old_files_are_deleted(application: Application) -> None:
    """Where the old files are deleted, a database that they took past END is accepted once."""
    application.run("upgrade", "g8")
    application.run("squash", "b2:m7")
    shutil.rmtree(application.whole.folder / "replaced")
    assert "m7" in application.run("repair").stdout
    assert application.run("upgrade").exit_code == 0
    assert application.run("repair", "--accept", "m7").exit_code == 0
    assert application.whole.complaints() == []
    assert application.run("downgrade", "base").exit_code == 0
    assert application.whole.complaints() == []


def test_a_changed_file_is_still_told(application: Application) -> None:
    """A squashed file that was changed after it ran is found like any other."""
    application.run("squash", "b2:m7")
    application.run("upgrade")
    path = next((application.whole.folder / "versions").glob("m7_*.py"))
    path.write_text(path.read_text() + "# later\n")
    assert "m7" in application.run("repair").stdout
    assert application.run("downgrade", "a1").exit_code == 1


def test_scripts_without_a_database(application: Application) -> None:
    """upgrade --sql from the middle of what was squashed goes along the old files."""
    assert application.run("squash", "g8:h9").exit_code == 0
    assert "-- Running upgrade g8 -> h9" in application.run("upgrade", "--sql", "g8:h9").stdout
    assert application.whole.rows() == set()


@pytest.mark.filterwarnings("ignore:a second connection")
def test_the_application_is_left_alone(tmp_path: Path, make_database: MakeDatabase) -> None:
    """Files that use db.session while they are tried use the database made for that."""
    whole = history(tmp_path / "migrations", make_database("sqlite"), ids=("a1",))
    application = Application(whole)
    body = """
def upgrade():
    from flask import current_app
    db = current_app.extensions["sqlalchemy"]
    db.session.execute(sa.text("INSERT INTO teams (id, name) VALUES (7, 'seven')"))
    db.session.commit()


def downgrade():
    op.execute("DELETE FROM teams")
"""
    write(whole.folder, "b2", body, parents="a1")
    with whole.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE teams (id INTEGER, name TEXT)")
    done = application.run("squash", "a1:b2")
    assert done.exit_code == 0, done.output
    assert sql_of(whole.engine, "SELECT * FROM teams") == []
    with whole.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE teams")
    assert application.run("upgrade").exit_code == 0
    assert sql_of(whole.engine, "SELECT * FROM teams") == [(7, "seven")]


def test_the_function(application: Application) -> None:
    """flaskmig.squash() returns what was done, and acts on the current application."""
    with application.app.app_context():
        made = flaskmig.squash("b2:m7", message="by a program")
    assert made.path is not None
    assert made.path.name == "m7_by_a_program.py"
    assert sa.inspect(application.whole.engine).get_table_names() == []
