"""What was cut off is listed, and a person decides about it where nobody else can."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig.errors import ExecutionError, HistoryError, InterruptedRevisionError
from tests.cli.project import Project
from tests.cli.test_running import write_revision

CREATE = """import sqlalchemy as sa
    op.create_table("items", sa.Column("id", sa.Integer()))"""
CUT = f"""{CREATE}
    with op.get_context().autocommit_block():
        op.execute("VACUUM")
    op.execute("INSERT INTO feed VALUES (1)")"""
DOWN = """op.execute("DELETE FROM items")
    with op.get_context().autocommit_block():
        op.execute("VACUUM")
    op.execute("DELETE FROM feed")
    op.execute("DROP TABLE items")"""


@pytest.fixture
def cut(project: Project) -> Path:
    """The file of a first revision that stopped half way: items is there and feed is missing."""
    with project.here():
        flaskmig.init()
    path = write_revision(project, "first", None, CUT, DOWN)
    with project.here(), pytest.raises(ExecutionError):
        flaskmig.upgrade()
    return path


def journal(project: Project) -> list[tuple[object, ...]]:
    query = "SELECT revision, direction, state FROM flaskmig_journal WHERE ordinal = 0 ORDER BY 2"
    with project.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def doubt(project: Project) -> None:
    """As a process leaves it that dies while a statement runs of which nobody can know."""
    project.execute("UPDATE flaskmig_journal SET state = 'intent' WHERE ordinal = 2")


def test_nothing_is_unfinished(project: Project) -> None:
    """Without anything unfinished the command says so, and there is nothing to decide about."""
    with project.here():
        flaskmig.init()
    done = project.db("resolve", "--json")
    assert json.loads(done.stdout)[0]["unfinished"] == []
    assert "Nothing is unfinished." in project.db("resolve").stderr
    refused = project.db("resolve", "--applied", code=1).stderr
    assert "no revision is unfinished" in refused


def test_what_is_unfinished_is_listed(project: Project, cut: Path) -> None:
    """A revision that was cut off is listed with what it has done and how to go on; exit code 1."""
    said = project.db("resolve", code=1).stdout
    assert "the upgrade of revision first was cut off: 2 statements are done" in said
    assert "`flask db upgrade first` goes on with it" in said
    assert "`flask db resolve first --applied`" in said
    doubt(project)
    listed = json.loads(project.db("resolve", "--json", code=1).stdout)[0]
    assert listed["bind"] == "default"
    assert [each["revision"] for each in listed["unfinished"]] == ["first"]
    assert listed["unfinished"][0]["statements_done"] == 1
    assert "VACUUM" in listed["unfinished"][0]["in_doubt"]
    assert "--not-run" in listed["unfinished"][0]["hint"]


@pytest.mark.parametrize("revision", [None, "first", "head"])
def test_applied(project: Project, cut: Path, revision: str | None) -> None:
    """A revision that somebody brought to its end by hand counts as applied, and never runs."""
    if revision is None:
        assert "revision first counts as applied" in project.db("resolve", "--applied").stderr
    else:
        with project.here():
            flaskmig.resolve(revision=revision, said="applied")
    assert project.rows() == {"first"}
    assert journal(project) == [("first", "applied", "done"), ("first", "upgrade", "done")]
    with project.here():
        assert flaskmig.resolve()[0].is_ok
        assert flaskmig.repair()[0].is_ok
        assert flaskmig.upgrade()[0].applied == ()


def test_undone(project: Project, cut: Path) -> None:
    """A revision that somebody undid by hand is one that never ran, and may run again."""
    project.execute("DROP TABLE items")
    project.db("resolve", "--undone")
    assert project.rows() == set()
    assert journal(project) == [("first", "undone", "done")]
    project.execute("CREATE TABLE feed (id INTEGER)")
    with project.here():
        flaskmig.upgrade()
        assert flaskmig.repair()[0].is_ok
    assert project.rows() == {"first"}


@pytest.mark.parametrize(("word", "rows"), [("undone", set()), ("applied", {"first"})])
def test_a_downgrade(
    project: Project, cut: Path, word: Literal["undone", "applied"], rows: set[str]
) -> None:
    """The words mean the same of a downgrade that was cut off: the revision is there, or not."""
    project.execute("CREATE TABLE feed (id INTEGER)")
    with project.here():
        flaskmig.upgrade()
        project.execute("DROP TABLE feed")
        with pytest.raises(ExecutionError):
            flaskmig.downgrade()
        (found,) = flaskmig.resolve()
        assert [work.direction for work in found.unfinished] == ["downgrade"]
        (done,) = flaskmig.resolve("migrations", "first", word)
        assert flaskmig.repair()[0].is_ok
    assert (done.revision, done.said, done.is_ok) == ("first", word, True)
    assert project.rows() == rows


@pytest.mark.parametrize(("word", "count"), [("--ran", 1), ("--not-run", 2)])
def test_a_statement_in_doubt(project: Project, word: str, count: int) -> None:
    """The next upgrade goes on behind the statement that ran, and runs one again that did not."""
    if project.engine.dialect.name == "sqlite":
        insert = "ATTACH ':memory:' AS other"
        count = 0
    else:
        insert = "DO $$ BEGIN INSERT INTO items VALUES (1); END $$"
    with project.here():
        flaskmig.init()
    body = CUT.replace("VACUUM", insert)
    write_revision(project, "first", None, body)
    with project.here(), pytest.raises(ExecutionError):
        flaskmig.upgrade()
    doubt(project)
    project.execute("CREATE TABLE feed (id INTEGER)")
    if project.engine.dialect.name == "postgresql":
        with project.here(), pytest.raises(InterruptedRevisionError) as caught:
            flaskmig.upgrade()
        assert "`flask db resolve first --ran`" in caught.value.hint
    said = project.db("resolve", "first", word)
    assert "the next run of revision first takes that into account" in said.stderr
    with project.here():
        with pytest.raises(HistoryError, match="in doubt"):
            flaskmig.resolve(said="ran")
        flaskmig.upgrade()
    assert project.rows() == {"first"}
    with project.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM items")).scalar() == count
    assert (word.strip("-"), "done") in [row[1:] for row in journal(project)]


def test_two_words_are_a_usage_error(project: Project, cut: Path) -> None:
    """Two words that say different things are a usage error, and nothing is decided."""
    said = project.db("resolve", "--ran", "--undone", code=2).stderr
    assert "--ran and --undone say different things" in said
    with project.here():
        assert not flaskmig.resolve()[0].is_ok


def test_an_empty_revision_is_refused(project: Project, cut: Path) -> None:
    """An empty text is not read as the only unfinished revision."""
    said = project.db("resolve", "", "--applied", code=1).stderr
    assert "an empty text names no revision" in said
    assert project.rows() == set()


def test_an_interrupted_cut_is_said(project: Project) -> None:
    """Who stops a revision that is cut hears that it is unfinished, and what a new run does."""
    with project.here():
        flaskmig.init()
    write_revision(project, "first", None, CUT.replace('op.execute("INSERT', "raise {}  # "))
    path = project.folder / "migrations" / "versions" / "first_.py"
    text = path.read_text()
    for raised in ("KeyboardInterrupt", 'SystemExit("x")'):
        path.write_text(text.format(raised))
        said = project.db("upgrade", code=1).stderr
        assert "the parts of it before this are committed and noted" in said
        assert "it was rolled back" not in said
        with project.here():
            flaskmig.resolve(said="undone")
        project.execute("DROP TABLE items")
    path.write_text(text.format('ValueError("x")'))
    with project.here(), pytest.raises(ValueError, match="x") as caught:
        flaskmig.upgrade()
    assert "it is unfinished: the parts of it before this" in "".join(caught.value.__notes__)


def test_another_revision(project: Project, cut: Path) -> None:
    """A revision that is not unfinished is not decided about, whatever it is."""
    for name in ("second", "base", "../x"):
        with (
            project.here(),
            pytest.raises(HistoryError, match=f"revision {name} is not unfinished"),
        ):
            flaskmig.resolve(revision=name, said="applied")
    assert project.rows() == set()
