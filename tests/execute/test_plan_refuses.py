"""A plan on a database is refused where the upgrade that it plans is, and for the same reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Project
from flaskmig.errors import (
    ChangedRevisionError,
    FlaskmigError,
    HistoryError,
    InvalidRevisionFileError,
    RevisionError,
)
from tests.execute.chain import Chain


def _both(project: Project, error: type[FlaskmigError], target: str = "head") -> None:
    """Neither a plan nor an upgrade; both say the same."""
    said = []
    for command in (commands.plan, commands.upgrade):
        with pytest.raises(error) as caught:
            command(project, target)
        said.append((caught.value.message, caught.value.hint))
    assert said[0] == said[1]


@pytest.fixture
def chain(tmp_path: Path, engine: Engine) -> Chain:
    """Two revisions, and an empty database, once for each kind."""
    found = Chain(tmp_path / "migrations", engine)
    found.add("first1", 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))')
    found.add("second2", 'op.add_column("t", sa.Column("a", sa.Integer()))')
    return found


def test_tables_that_are_there_already(chain: Chain) -> None:
    """A database without a version row that has tables of the revisions is refused."""
    with chain.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    _both(chain.project, HistoryError)
    with chain.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE t")
    (found,) = commands.plan(chain.project)
    assert len(found.plan.revisions) == 2


def test_a_second_run(chain: Chain) -> None:
    """A version row that was set back is refused where something would run again."""
    commands.upgrade(chain.project)
    with chain.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'first1'")
    _both(chain.project, HistoryError)


def test_changed_files_where_they_are_refused(chain: Chain) -> None:
    """changed_revisions="refuse" refuses a plan too."""
    commands.upgrade(chain.project, "first1")
    path = chain.folder / "versions" / "first1.py"
    path.write_text(path.read_text() + "# later\n")
    assert commands.plan(chain.project)
    strict = replace(chain.project, options=replace(chain.options, changed_revisions="refuse"))
    _both(strict, ChangedRevisionError)


def test_files_that_are_none(chain: Chain) -> None:
    """A file that does not compile is refused by both, and so is a target that is not there."""
    _both(chain.project, RevisionError, "nonesuch")
    chain.add("third3", "return 1\nyield 2\nawait 3")
    _both(chain.project, InvalidRevisionFileError)


def test_nothing_is_written(chain: Chain) -> None:
    """A plan, refused or not, leaves the database as it is: without a table of ours."""
    commands.plan(chain.project)
    assert chain.tables() == set()


def test_a_second_run_after_the_row_is_gone(tmp_path: Path, engine: Engine) -> None:
    """What ran once is not run again though no version row is left, and no table stands in its
    way; where no table is left either, it is."""
    chain = Chain(tmp_path / "migrations", engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes (id INTEGER)")
    path = chain.add("first1", 'op.execute("INSERT INTO notes VALUES (1)")')
    chain.add("second2", 'op.execute("SELECT 1")')
    commands.upgrade(chain.project, "first1")
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    _both(chain.project, HistoryError)
    assert chain.query("SELECT id FROM notes") == [(1,)]
    path.write_text(path.read_text().replace("INSERT INTO notes VALUES (1)", "SELECT 2"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE notes")
    commands.upgrade(chain.project)
