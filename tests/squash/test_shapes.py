"""Histories of other shapes: several bases, labels, dependencies, databases, folders."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import flask_migrate
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Options, Project
from flaskmig.engine.files.managed import managed_by
from tests.conftest import MakeDatabase
from tests.squash.project import History, sql_of, write


def _table(name: str) -> str:
    return (
        f'def upgrade():\n    op.create_table("{name}", sa.Column("id", sa.Integer()))\n\n\n'
        f'def downgrade():\n    op.drop_table("{name}")\n'
    )


def test_dependencies_and_labels(tmp_path: Path, sqlite_engine: Engine) -> None:
    """What the old revisions depend on the new one depends on, and it carries their labels."""
    made = History(tmp_path / "migrations", sqlite_engine)
    write(made.folder, "o1", _table("other"), parents=None, labels="others")
    write(made.folder, "o2", _table("more"), parents="o1")
    write(made.folder, "x1", _table("t1"), parents=None, labels="mine")
    write(made.folder, "x2", _table("t2"), parents="x1", needs="o1")
    write(made.folder, "x3", _table("t3"), parents="x2", labels="tip")
    middle = made.on(sa.create_engine(f"sqlite:///{tmp_path}/middle.db"))
    middle.to("x2")
    assert middle.rows() == {"x2"}
    done = made.squash("x1:x3")
    found = made.scripts.graph.revision("x3")
    assert found.depends_on == ("o1",)
    assert found.branch_labels == {"mine", "tip"}
    assert found.parents == ()
    assert done.replaces == ("x1", "x2")
    made.to("mine@head")
    assert made.rows() == {"x3"}
    assert made.tables() >= {"other", "t1", "t2", "t3"}
    middle.to("heads")
    made.to("heads")
    assert middle.rows() == made.rows() == {"x3", "o2"}
    assert middle.seen(None) == made.seen(None)
    assert middle.complaints() == made.complaints() == []
    middle.engine.dispose()


def test_everything_from_two_bases(tmp_path: Path, sqlite_engine: Engine) -> None:
    """base:END takes all below END, from every base that was merged in."""
    made = History(tmp_path / "migrations", sqlite_engine)
    write(made.folder, "p1", _table("p"), parents=None)
    write(made.folder, "q1", _table("q"), parents=None)
    write(made.folder, "r1", _table("r"), parents=("p1", "q1"))
    inside = made.on(sa.create_engine(f"sqlite:///{tmp_path}/inside.db"))
    inside.to("q1")
    made.squash(":r1")
    assert made.scripts.graph.bases == ("r1",)
    inside.to()
    made.to()
    assert inside.seen(None) == made.seen(None)
    inside.back()
    assert inside.rows() == set()
    inside.engine.dispose()


def test_folders_of_their_own(tmp_path: Path, sqlite_engine: Engine) -> None:
    """The new file stands in the folder of the last old one, with several and with subfolders."""
    made = History(tmp_path / "migrations", sqlite_engine)
    places = ("one", "two", "two/deep")
    made.options = Options(
        version_locations=tuple(str(made.folder / each) for each in ("one", "two")),
        recursive_version_locations=True,
    )
    last = None
    for number, place in enumerate(places):
        path = write(tmp_path / "w", f"s{number}", _table(f"t{number}"), parents=last)
        (made.folder / place).mkdir(parents=True)
        path.rename(made.folder / place / path.name)
        last = f"s{number}"
    done = made.squash("s0:s2", message="all of it")
    assert done.path == made.folder / "two" / "deep" / "s2_all_of_it.py"
    left = [path.name for place in ("one", "two") for path in (made.folder / place).rglob("*.py")]
    assert left == ["s2_all_of_it.py"]
    made.to()
    assert made.complaints() == []


def test_ids_that_no_file_can_have(tmp_path: Path, sqlite_engine: Engine) -> None:
    """An id that no new file would get keeps the name of its file, and goes on working."""
    made = History(tmp_path / "migrations", sqlite_engine)
    write(made.folder, "v1.0", _table("a"), parents=None)
    path = write(made.folder, "v1.1.0.a", _table("b"), parents="v1.0")
    made.to("v1.0")
    assert made.squash("v1.0:v1.1.0.a").path == path
    made.to()
    assert made.rows() == {"v1.1.0.a"}
    assert made.complaints() == []


_BINDS = """
def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()


def upgrade_():
    op.create_table("{0}", sa.Column("id", sa.Integer()))


def downgrade_():
    op.drop_table("{0}")


def upgrade_logs():
    op.create_table("log_{0}", sa.Column("id", sa.Integer()))
    op.execute("INSERT INTO log_{0} VALUES (1)")


def downgrade_logs():
    op.drop_table("log_{0}")
"""


class _Several(History):
    """Two databases, each with functions of its own in the files."""

    logs: Engine

    @property
    def project(self) -> Project:
        engines = {"": self.engine, "logs": self.logs}
        metadata = {"": sa.MetaData(), "logs": sa.MetaData()}
        return replace(
            super().project, binds=("", "logs"), engines=engines.__getitem__, metadata=metadata
        )


@pytest.mark.parametrize(
    ("logs_kind", "write_for"), [("postgresql", "flaskmig"), ("sqlite", "alembic")]
)
def test_several_databases(
    tmp_path: Path,
    make_database: MakeDatabase,
    logs_kind: str,
    write_for: Literal["flaskmig", "alembic"],
) -> None:
    """Every bind gets its own functions, is proven by itself, and may be at a place of its own."""
    made = _Several(tmp_path / "migrations", make_database("sqlite"))
    made.logs = make_database(logs_kind)
    made.options = Options(write_for=write_for, env_py="ignore")
    template = Path(flask_migrate.__file__).parent / "templates" / "flask-multidb" / "env.py"
    shutil.copy(template, made.folder / "env.py")
    for number in range(4):
        parents = f"s{number - 1}" if number else None
        write(made.folder, f"s{number}", _BINDS.format(f"t{number}"), parents=parents)
    project = made.project
    commands.upgrade(replace(project, binds=("logs",)), "s1")
    done = made.squash("s0:s2")
    assert [proof.bind for proof in done.proofs] == ["", "logs"]
    assert "def upgrade_logs():" in done.content
    assert ("def upgrade(engine_name):" in done.content) == (write_for == "alembic")
    for bind, tables in (("", "t{}"), ("logs", "log_t{}")):
        found = managed_by([str(done.path)], bind, binds=("", "logs")).tables
        assert sorted(map(str, found)) == [tables.format(number) for number in range(3)]
    ran = commands.upgrade(project)
    assert [[step.revision for step in each.applied] for each in ran] == [
        ["s2", "s3"],
        ["s2", "s3"],
    ]
    assert [each.bind for each in ran] == ["", "logs"]
    assert made.tables() >= {"t0", "t1", "t2", "t3"}
    for number in range(4):
        assert sql_of(made.logs, f"SELECT * FROM log_t{number}") == [(1,)]
    assert made.complaints() == []
    commands.downgrade(project, "base")
    assert made.complaints() == []
    assert not {"t0", "t1", "t2", "t3"} & made.tables()


def test_a_fold_that_would_not_be_the_same(
    tmp_path: Path,
    sqlite_engine: Engine,
    break_folding: Callable[[], None],
) -> None:
    """Where what was folded turns out to be another thing, the files are kept as they are."""
    made = History(tmp_path / "migrations", sqlite_engine)
    write(made.folder, "a1", _table("a"), parents=None)
    write(made.folder, "b2", _table("b"), parents="a1")
    break_folding()
    done = made.squash("a1:b2")
    assert len(done.kept) == 2
    assert "nothing is folded" in done.notes[0]
    made.to()
    assert made.tables() >= {"a", "b"}
    made.back()
    assert not made.tables() & {"a", "b"}
