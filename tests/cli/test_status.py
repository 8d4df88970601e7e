"""``flask db status`` and ``flask db repair``, as people and programs see them."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig.errors import ExecutionError
from tests.cli.project import PASSWORD, USERS, USERS_WITH_EMAIL, Project
from tests.cli.test_running import write_revision
from tests.conftest import MakeDatabase

CUT = """op.execute("CREATE TABLE items (id INTEGER)")
    with op.get_context().autocommit_block():
        op.execute("VACUUM")
    op.execute("INSERT INTO feed VALUES (1)")"""


def row(screen: str, title: str) -> str:
    """What stands beside a title, on the first screen."""
    [line] = [line for line in screen.splitlines() if line.startswith(f"  {title} ")]
    return line[len(title) + 2 :].strip()


def test_screen(started: Project) -> None:
    """One screen says which database it is, where it is and what is pending, and writes nothing."""
    [first] = started.rows()
    write_revision(started, "second", first)
    before = started.everything()
    screen = started.db("status").stdout
    assert started.everything() == before
    title = screen.splitlines()[0]
    assert title.startswith("default: ")
    is_sqlite = started.engine.dialect.name == "sqlite"
    assert ("SQLite 3." in title) if is_sqlite else ("PostgreSQL 1" in title and "***" in title)
    assert row(screen, "at") == first
    assert row(screen, "heads") == "second"
    assert row(screen, "pending") == "1: second"
    assert row(screen, "unfinished") == "nothing"
    assert row(screen, "files") == "as they were applied"
    assert "not at the heads" in row(screen, "models")
    assert len(screen.splitlines()) < 24


def test_json(started: Project) -> None:
    """--json has the same for programs."""
    [first] = started.rows()
    started.write(USERS_WITH_EMAIL)
    [found] = started.quick_json("status")
    assert PASSWORD not in str(found)
    assert found.pop("url")
    assert found.pop("server")
    assert found == {
        "bind": "default",
        "current": [first],
        "heads": [first],
        "pending": [],
        "unfinished": [],
        "findings": [],
        "differences": ["add column users.email"],
        "not_compared": "",
        "errors": [],
    }


def test_models(started: Project) -> None:
    """At the heads the screen says how the models differ; status ends with 0 all the same."""
    assert row(started.quick("status").stdout, "models") == "no difference"
    started.write(USERS_WITH_EMAIL)
    screen = started.quick("status").stdout
    assert "1 difference" in row(screen, "models")
    assert "add column users.email" in screen


def test_unfinished(project: Project) -> None:
    """A revision that was cut off is on the screen, with what goes on with it."""
    project.quick("init")
    write_revision(project, "first", None, CUT)
    with project.here(), pytest.raises(ExecutionError):
        flaskmig.upgrade()
    screen = project.quick("status").stdout
    assert "the upgrade of revision first was cut off" in row(screen, "unfinished")
    assert "(`flask db upgrade first` goes on with it" in screen


def test_no_database_yet(sqlite_project: Project) -> None:
    """Looking at a SQLite database that is not there does not make its file."""
    sqlite_project.quick("init")
    sqlite_project.quick("migrate", "-m", "users")
    path = sqlite_project.folder / "fresh.sqlite"
    sqlite_project.write(USERS, url=f"sqlite:///{path}")
    screen = sqlite_project.quick("status").stdout
    assert row(screen, "at") == "no revision"
    assert row(screen, "pending").startswith("1: ")
    assert not path.exists()


def test_one_of_two_cannot_be_reached(started: Project, tmp_path: Path) -> None:
    """What can be seen of the one is shown; the other is an error, and the command ends with 1."""
    gone = f"sqlite:///{tmp_path / 'nowhere' / 'x.sqlite'}"
    nobody = f"postgresql+psycopg://ada:{PASSWORD}@127.0.0.1:1/nobody"
    url = gone if started.engine.dialect.name == "sqlite" else nobody
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "x.sqlite").write_text("this is no database " * 100)
    started.write(USERS, binds={"events": url}, options=', binds="all"')
    done = started.quick("status", code=1)
    assert f"  at          {next(iter(started.rows()))}" in done.stdout
    assert "the database cannot be read" in done.stdout
    assert done.stderr.startswith("Error: ")


def test_files_that_cannot_be_read(started: Project) -> None:
    """A file that is no Python hides neither where the database is nor what is wrong."""
    [first] = started.rows()
    write_revision(started, "second", first).write_text("def upgrade(:\n")
    done = started.quick("status", code=1)
    assert row(done.stdout, "at") == first
    assert row(done.stdout, "files") == "not looked at"
    assert "second_.py, line 1" in done.stderr
    assert "Try: " in done.stderr


def test_no_file_is_run(started: Project) -> None:
    """Neither status nor repair runs a revision file, not even one that was changed."""
    canary = started.folder / "canary"
    for path in started.files:
        path.write_text(path.read_text() + f"\nopen({str(canary)!r}, 'w').close()\n")
    started.quick("status")
    started.quick("repair", code=1)
    started.quick("repair", "--accept", next(iter(started.rows())))
    assert not canary.exists()


def test_repair(started: Project) -> None:
    """repair lists what is wrong and ends with 1; told what is right, it ends with 0."""
    [first] = started.rows()
    assert "Nothing is wrong" in started.quick("repair").stderr
    [path] = started.files
    path.write_text(path.read_text() + "# later\n")
    done = started.db("repair", code=1)
    assert f"{path} was changed" in done.stdout
    assert f"flask db repair --accept {first}" in done.stdout
    [listed] = started.quick_json("repair", code=1)
    assert [each["kind"] for each in listed["findings"]] == ["changed"]
    [mended] = started.quick_json("repair", "--accept", first)
    assert mended == {"bind": "default", "findings": [], "accepted": [first], "restamped": []}
    started.quick("repair")
    started.quick("check")


def test_each_database_is_repaired(project: Project, make_database: MakeDatabase) -> None:
    """With several databases each is told of, and --bind mends one and leaves the other."""
    events = make_database(project.engine.dialect.name)
    url = events.url.render_as_string(hide_password=False)
    project.write(USERS, binds={"events": url}, options=', binds="all"')
    project.quick("init")
    path = write_revision(project, "first", None)
    project.quick("upgrade")
    path.write_text(path.read_text() + "# later\n")
    screen = project.quick("status").stdout
    assert screen.count("was changed") == 2
    assert "\n\nevents: " in screen
    done = project.quick("repair", "--bind", "events", "--accept", "first")
    assert "events: revision first counts as it is now" in done.stderr
    listed = project.quick_json("repair", code=1)
    assert [len(each["findings"]) for each in listed] == [1, 0]
    with events.connect() as connection:
        query = sa.text("SELECT direction FROM flaskmig_journal ORDER BY started_at")
        assert list(connection.execute(query).scalars()) == ["upgrade", "repair"]
