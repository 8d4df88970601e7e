"""Ways on after an upgrade that was cut off, and the notes of files that changed."""

from __future__ import annotations

from pathlib import Path

import pytest

import flaskmig
from flaskmig.engine.commands.connections import require_known
from flaskmig.errors import ExecutionError, InterruptedRevisionError
from tests.cli.project import Project
from tests.cli.test_running import write_revision

CREATE = """import sqlalchemy as sa
    op.create_table("items", sa.Column("id", sa.Integer()))"""
CUT = f"""{CREATE}
    with op.get_context().autocommit_block():
        op.execute("VACUUM")
    op.execute("INSERT INTO feed VALUES (1)")"""


@pytest.fixture
def cut(project: Project) -> Path:
    """The file of a first revision that stopped half way: items is there and feed is missing."""
    init(project)
    path = write_revision(project, "first", None, CUT, 'op.execute("DROP TABLE items")')
    with project.here(), pytest.raises(ExecutionError):
        flaskmig.upgrade()
    assert project.tables() == {"items"}
    assert project.rows() == set()
    return path


def init(project: Project) -> None:
    with project.here():
        flaskmig.init()


def unfinished(project: Project) -> list[object]:
    with project.engine.connect() as connection:
        query = "SELECT state FROM flaskmig_journal WHERE state <> 'done'"
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def test_the_first_revision_is_resumed(project: Project, cut: Path) -> None:
    """A first revision that was cut off goes on, although what it made is there already."""
    project.execute("CREATE TABLE feed (id INTEGER)")
    project.db("upgrade")
    assert project.rows() == {"first"}
    with project.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id FROM feed").all() == [(1,)]


@pytest.mark.parametrize(("target", "rows"), [("head", {"first"}), ("base", set())])
def test_stamp_ends_what_was_cut_off(
    project: Project, cut: Path, target: str, rows: set[str]
) -> None:
    """A person who says where the database is ends the revision, and upgrades go on from there."""
    if target == "base":
        project.execute("DROP TABLE items")
    with project.here():
        flaskmig.stamp(revision=target)
    assert project.rows() == rows
    assert unfinished(project) == []
    if target == "base":
        cut.write_text(cut.read_text().replace("INSERT INTO feed VALUES (1)", "SELECT 1"))
    write_revision(project, "second", "first", 'op.execute("CREATE TABLE later (id INTEGER)")')
    with project.here():
        flaskmig.upgrade()
    assert project.rows() == {"second"}
    assert project.tables() == {"items", "later"}


def test_hints_of_what_was_cut_off(project: Project, cut: Path) -> None:
    """Each error about it names commands that there are, and what they would mean."""
    cut.write_text(cut.read_text().replace("feed VALUES", "items VALUES"))
    with project.here(), pytest.raises(InterruptedRevisionError) as caught:
        flaskmig.upgrade()
    assert "`flask db resolve first --applied`" in caught.value.hint
    assert "`flask db resolve first --undone`" in caught.value.hint


def test_stamp_of_one_branch_leaves_the_other(project: Project) -> None:
    """A revision that was cut off on a branch that the stamp does not name stays unfinished."""
    init(project)
    write_revision(project, "left", None)
    write_revision(project, "right", None, CUT)
    with project.here():
        flaskmig.upgrade(revision="left")
        with pytest.raises(ExecutionError):
            flaskmig.upgrade(revision="right")
        flaskmig.stamp(revision="left")
        assert unfinished(project)
        flaskmig.stamp(revision="right")
    assert unfinished(project) == []
    assert project.rows() == {"left", "right"}


def test_processes_that_start_together(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that finds the tables of another's first revision goes on from there."""
    init(project)
    write_revision(project, "first", None, CREATE)
    name = "flaskmig.engine.commands.ways.require_known"

    def late(*arguments: object) -> None:
        monkeypatch.setattr(name, require_known)
        project.db("upgrade")

    with project.here():
        monkeypatch.setattr(name, late)
        flaskmig.upgrade()
    assert project.rows() == {"first"}


def test_a_file_that_was_undone_may_change(project: Project) -> None:
    """A revision that was taken back and then edited is not one that was changed."""
    init(project)
    path = write_revision(project, "first", None, CREATE, 'op.execute("DROP TABLE items")')
    with project.here():
        flaskmig.upgrade()
        flaskmig.downgrade()
        path.write_text(path.read_text() + "# edited\n")
        # Somebody else applies it.
        project.execute("CREATE TABLE items (id INTEGER)")
        project.execute("INSERT INTO alembic_version VALUES ('first')")
        assert flaskmig.upgrade()[0].warnings == ()
        flaskmig.downgrade()
    assert project.rows() == set()


def test_stamping_takes_a_file_as_it_is(project: Project) -> None:
    """A person who stamps a revision whose file was changed says that it is right as it is."""
    init(project)
    path = write_revision(project, "first", None, CREATE, 'op.execute("DROP TABLE items")')
    with project.here():
        flaskmig.upgrade()
        path.write_text(path.read_text() + "# edited\n")
        assert flaskmig.upgrade()[0].warnings != ()
        flaskmig.stamp()
        assert flaskmig.upgrade()[0].warnings == ()
        flaskmig.downgrade()
    assert project.rows() == set()
