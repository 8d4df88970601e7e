"""A squash that is cut off leaves a whole history, and a database that was cut off goes on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from flaskmig.engine import commands
from flaskmig.errors import ConfigurationError, FlaskmigError
from tests.conftest import MakeDatabase
from tests.squash.project import History, history, sql_of, write


class _Killed(BaseException):
    """The process dies here."""


_CALLS = ("link", "replace", "rename", "unlink")


def _die_at(monkeypatch: pytest.MonkeyPatch, number: int) -> list[str]:
    """Have the process die before the file system's change of that number; what was done."""
    done: list[str] = []

    def watched(name: str, plain: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            if any("migrations" in str(each) for each in arguments):
                if len(done) == number:
                    raise _Killed
                done.append(name)
            return plain(*arguments, **options)

        return call

    for name in _CALLS:
        monkeypatch.setattr(os, name, watched(name, getattr(os, name)))
    return done


def test_cut_off_at_every_step(
    tmp_path: Path, make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a squash dies, the files are a whole history, and the next one ends it."""
    ids = ("a1", "b2", "c3", "e5", "f6")
    kept = history(tmp_path / "kept" / "migrations", make_database("sqlite"), ids=ids)
    kept.to("c3")
    number = 0
    while True:
        work = tmp_path / f"try{number}" / "migrations"
        shutil.copytree(kept.folder, work)
        tried = History(work, kept.engine)
        with monkeypatch.context() as patching:
            done = _die_at(patching, number)
            try:
                tried.squash("b2:e5")
                is_done = True
            except _Killed:
                is_done = False
        assert tried.complaints() == []
        graph = tried.scripts.graph
        assert {"a1", "e5", "f6"} <= {each.id for each in graph}
        assert graph.heads == ("f6",)
        _refuse_lost(tried, kept)
        if is_done:
            break
        assert tried.squash("b2:e5").revision == "e5"
        assert len(list((work / "versions").glob("*.py"))) == 3, done
        _refuse_lost(tried, kept)
        number += 1
    assert number > 8
    tried.to()
    assert tried.rows() == {"f6"}


def _refuse_lost(tried: History, kept: History) -> None:
    """Every old file is somewhere with every byte."""
    there = {path.read_bytes() for path in tried.folder.rglob("*.py")}
    missing = [p.name for p in kept.folder.rglob("*.py") if p.read_bytes() not in there]
    assert missing == []


def test_no_room_for_the_old_files(on_sqlite: History) -> None:
    """Where the old files cannot be put aside nothing is changed."""
    before = {path: path.read_bytes() for path in on_sqlite.folder.rglob("*.py")}
    (on_sqlite.folder / "replaced").write_text("in the way")
    with pytest.raises(ConfigurationError, match="replaced"):
        on_sqlite.squash("b2:m7")
    assert {path: path.read_bytes() for path in on_sqlite.folder.rglob("*.py")} == before


def test_the_new_name_is_taken(on_sqlite: History) -> None:
    """A file that has the new one's name is not written over, and nothing is changed."""
    other = on_sqlite.folder / "versions" / "m7_all.py"
    other.write_text("revision = 'x0'\ndown_revision = 'h9'\n")
    before = {path: path.read_bytes() for path in on_sqlite.folder.rglob("*") if path.is_file()}
    with pytest.raises(ConfigurationError, match=r"m7_all\.py is there already"):
        on_sqlite.squash("b2:m7", message="all")
    after = {path: path.read_bytes() for path in on_sqlite.folder.rglob("*") if path.is_file()}
    assert after == before


_CUT = """
def upgrade():
    op.create_table("flags", sa.Column("id", sa.Integer(), primary_key=True))
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY ix_flags ON flags (id)")
    op.execute("SELECT 1 / (SELECT count(*) FROM teams)")


def downgrade():
    op.drop_table("flags")
"""


@pytest.mark.parametrize("said", ["", "applied"])
def test_half_done_in_the_middle(tmp_path: Path, postgresql_engine: Engine, said: str) -> None:
    """A revision that was cut off goes on along its old file after it was squashed.

    Or it counts as done where somebody says so.
    """
    whole = history(tmp_path / "migrations", postgresql_engine, ids=("a1",))
    write(whole.folder, "cut", _CUT, parents="a1")
    write(
        whole.folder,
        "end",
        "def upgrade():\n    op.drop_table('flags')\n\n\n"
        "def downgrade():\n    op.create_table('flags', sa.Column('id', sa.Integer()))\n",
        parents="cut",
    )
    with pytest.raises(FlaskmigError, match="division by zero"):
        whole.to()
    assert whole.rows() == {"a1"}
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO teams (id, name) VALUES (1, 'x')")
    # On an empty database it must not fail.
    first = whole.folder / "versions" / "a1_.py"
    row = "    op.execute(\"INSERT INTO teams VALUES (1, 'x')\")\n"
    first.write_text(first.read_text().replace("\n\ndef downgrade", f"{row}\n\ndef downgrade"))
    whole.squash("cut:end")
    (status,) = commands.status(whole.project)
    assert [work.revision for work in status.unfinished] == ["cut"]
    assert status.pending == ("cut", "end")
    if said == "applied":
        commands.resolve(whole.project, "cut", "applied")
        assert whole.rows() == {"cut"}
        assert all("a1_.py was changed" in each for each in whole.complaints())
    whole.to()
    assert whole.rows() == {"end"}
    assert sql_of(postgresql_engine, "SELECT to_regclass('flags')") == [(None,)]
