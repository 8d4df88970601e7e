"""A revision that is half done stands against what would go past it, and is named by each hint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig.engine.commands.writing import writing
from flaskmig.errors import ExecutionError, HistoryError, InterruptedRevisionError
from tests.cli.project import USERS, Project
from tests.cli.test_running import write_revision
from tests.conftest import MakeDatabase

CREATE = """import sqlalchemy as sa
    op.create_table("items", sa.Column("id", sa.Integer()))"""
DOWN = """op.execute("DELETE FROM items")
    with op.get_context().autocommit_block():
        op.execute("VACUUM")
    op.execute("DELETE FROM feed")
    op.execute("DROP TABLE items")"""
CUT = f"""{CREATE}
    with op.get_context().autocommit_block():
        op.execute("VACUUM")
    op.execute("INSERT INTO feed VALUES (1)")"""
ODD = pytest.mark.parametrize("value", ["NULL", "7", "X'00ff'"])


@pytest.fixture
def half_down(project: Project) -> Path:
    """The file of the head; its downgrade emptied items and stopped, as feed is missing."""
    with project.here():
        flaskmig.init()
        path = write_revision(project, "first", None, CREATE, DOWN)
        flaskmig.upgrade()
        with pytest.raises(ExecutionError):
            flaskmig.downgrade()
    return path


@pytest.mark.parametrize(
    "command",
    [
        flaskmig.upgrade,
        flaskmig.migrate,
        flaskmig.plan,
        lambda: flaskmig.current(check_heads=True),
    ],
    ids=["upgrade", "migrate", "plan", "current"],
)
def test_half_done_at_the_head(
    project: Project, half_down: Path, command: Callable[[], object]
) -> None:
    """Where the version row is the head's and its schema is half undone, nothing goes past that."""
    with project.here(), pytest.raises(InterruptedRevisionError, match="half done") as caught:
        command()
    assert "`flask db downgrade first@base`" in caught.value.hint


def test_half_done_is_said(project: Project, half_down: Path) -> None:
    """check fails on it, current and diff say it, and what the hint names goes on with it."""
    with project.here():
        (checked,) = flaskmig.check(stop=False)
        assert not checked.is_ok
        assert isinstance(checked.error, InterruptedRevisionError)
        assert "half done" in " ".join(flaskmig.current()[0].warnings)
        assert "half done" in flaskmig.diff()[0].notes[0]
    assert "half done" in project.db("check", code=1).stderr
    project.execute("CREATE TABLE feed (id INTEGER)")
    with project.here():
        flaskmig.downgrade(revision="first@base")
    assert project.rows() == set()
    assert "items" not in project.tables()


def test_several_heads(project: Project) -> None:
    """The hint names a command that goes on with the revision though there are several heads."""
    with project.here():
        flaskmig.init()
    write_revision(project, "left", None)
    write_revision(project, "right", None, CUT)
    with project.here():
        with pytest.raises(ExecutionError):
            flaskmig.upgrade(revision="right")
        with pytest.raises(InterruptedRevisionError) as caught:
            flaskmig.upgrade(revision="left")
        assert "`flask db upgrade right`" in caught.value.hint
        project.execute("CREATE TABLE feed (id INTEGER)")
        flaskmig.upgrade(revision="right")
    assert project.rows() == {"right"}


def test_file_of_a_cut_upgrade_is_gone(project: Project) -> None:
    """An upgrade that was cut off and whose file is gone is not taken for nothing to do."""
    with project.here():
        flaskmig.init()
        path = write_revision(project, "first", None, CUT)
        with pytest.raises(ExecutionError):
            flaskmig.upgrade()
        path.unlink()
        with pytest.raises(InterruptedRevisionError) as caught:
            flaskmig.upgrade()
        assert "bring its file back" in caught.value.hint
        with pytest.raises(HistoryError, match="no file has revision first"):
            flaskmig.resolve(revision="first", said="applied")
        flaskmig.resolve(revision="first", said="undone")
        assert flaskmig.upgrade()[0].applied == ()
    assert project.rows() == set()


@pytest.mark.parametrize(("said", "rows"), [("undone", {"below"}), ("applied", {"second"})])
def test_file_of_a_cut_downgrade_is_gone(project: Project, said: str, rows: set[str]) -> None:
    """The version row is as the person says, and where it goes the one below comes back."""
    with project.here():
        flaskmig.init()
        write_revision(project, "below", None)
        path = write_revision(project, "second", "below", CREATE, DOWN)
        flaskmig.upgrade()
        with pytest.raises(ExecutionError):
            flaskmig.downgrade()
        path.unlink()
        project.db("resolve", "second", f"--{said}")
        assert flaskmig.resolve()[0].is_ok
    assert project.rows() == rows


def test_nothing_is_said_to_run(project: Project, half_down: Path) -> None:
    """A command that is refused does not say before that it runs something."""
    write_revision(project, "later", "first")
    said = project.db("upgrade", code=1)
    assert "Running" not in said.stdout + said.stderr


def test_another_bind(tmp_path: Path, engine: sa.Engine, make_database: MakeDatabase) -> None:
    """Work that was cut off in one database stands against it, and the hint names the bind."""
    project, other = Project(tmp_path, engine), make_database(engine.dialect.name)
    url = other.url.render_as_string(hide_password=False)
    project.write(USERS, binds={"two": url}, options=', binds="all"')
    with project.here():
        flaskmig.init()
        path = write_revision(project, "first", None)
        text = path.read_text().replace("def upgrade()", "def upgrade_two()")
        path.write_text(
            text.replace("def downgrade()", "def downgrade_two()").replace(
                "    pass", f"    {CUT}", 1
            )
        )
        with pytest.raises(ExecutionError):
            flaskmig.upgrade(bind="two")
        with pytest.raises(InterruptedRevisionError) as caught:
            flaskmig.downgrade(revision="base")
    assert "`flask db upgrade first --bind two`" in caught.value.hint


def test_work_that_another_process_ends(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sees work half done that another one ends meanwhile has nothing to do, and no error."""
    with project.here():
        flaskmig.init()
        write_revision(project, "first", None, CUT)
        with pytest.raises(ExecutionError):
            flaskmig.upgrade()
    project.execute("CREATE TABLE feed (id INTEGER)")
    write_revision(project, "second", "first")
    name = "flaskmig.engine.commands.writing.writing"

    def late(*arguments: Any) -> Any:
        project.db("upgrade", "first")
        return writing(*arguments)

    with project.here():
        monkeypatch.setattr(name, late)
        (done,) = flaskmig.downgrade(revision="base")
    assert [step.revision for step in done.applied] == ["first"]


@ODD
def test_odd_rows(sqlite_project: Project, value: str) -> None:
    """What is no text in the version table is an error that says so, and a stamp purges it."""
    project = sqlite_project
    with project.here():
        flaskmig.init()
        write_revision(project, "first", None)
        flaskmig.upgrade()
        project.execute("DROP TABLE alembic_version")
        project.execute("CREATE TABLE alembic_version (version_num BLOB)")
        project.execute(f"INSERT INTO alembic_version VALUES ('first'), ({value})")
        for command in (flaskmig.upgrade, flaskmig.downgrade, flaskmig.current, flaskmig.repair):
            with pytest.raises(HistoryError, match="in version_num, which is no revision"):
                command()
        (seen,) = flaskmig.status()
        assert "which is no revision" in seen.errors[0].message
        flaskmig.stamp(revision="first", purge=True)
    assert project.rows() == {"first"}
