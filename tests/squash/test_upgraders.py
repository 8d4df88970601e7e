"""Programs of before and after the squash, on one database."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig.engine import commands
from flaskmig.engine.commands import Finding
from flaskmig.engine.configuration.project import Project
from flaskmig.errors import HistoryError, UnknownRevisionError
from tests.conftest import MakeDatabase
from tests.squash.project import History, history


@pytest.mark.parametrize(
    ("kind", "start"), [("sqlite", "base"), ("sqlite", "c3"), ("postgresql", "c3")]
)
def test_two_upgraders_take_every_step_once(
    tmp_path: Path, kind: str, start: str, make_database: MakeDatabase
) -> None:
    """Two programs that upgrade at once take each revision once, from base and from the middle."""
    whole = history(tmp_path / "migrations", make_database(kind))
    if start != "base":
        whole.to(start)
    whole.squash("b2:m7")
    url = whole.engine.url

    def upgrade(_: int) -> list[str]:
        engine = sa.create_engine(url)
        try:
            (done,) = commands.upgrade(whole.on(engine).project)
        finally:
            engine.dispose()
        return [step.revision for step in done.applied]

    with ThreadPoolExecutor(2) as pool:
        took = list(pool.map(upgrade, range(2)))
    inside = {"base": ["a1", "m7"], "c3": ["d4", "e5", "f6", "m7"]}[start]
    assert sorted([*took[0], *took[1]]) == sorted([*inside, "g8", "h9"])
    assert whole.rows() == {"h9"}
    assert whole.complaints() == []


class _Meanwhile:
    """Lets another program work on the database after the first one has looked where it is."""

    def __init__(self, engine: Engine, old: History, target: str) -> None:
        self.engine = engine
        self.old = old
        self.target = target
        self.asked = 0

    def engines(self, bind: str) -> Engine:
        self.asked += 1
        if self.asked == 2:
            self.old.to(self.target)
        return self.engine

    def project(self, project: Project) -> Project:
        return replace(project, engines=self.engines)


def _old_checkout(whole: History, folder: Path) -> History:
    shutil.copytree(whole.folder, folder)
    return History(folder, whole.engine)


def test_an_old_program_goes_on_meanwhile(on_sqlite: History, tmp_path: Path) -> None:
    """Where a program with the old files went into the middle meanwhile, the new one follows."""
    old = _old_checkout(on_sqlite, tmp_path / "old")
    on_sqlite.squash("b2:m7")
    meanwhile = _Meanwhile(on_sqlite.engine, old, "e5")
    (done,) = commands.upgrade(meanwhile.project(on_sqlite.project))
    assert [step.revision for step in done.applied] == ["f6", "d4", "m7", "g8", "h9"]
    assert on_sqlite.rows() == {"h9"}
    assert on_sqlite.complaints() == []


def test_an_old_program_ends_the_middle_meanwhile(on_sqlite: History, tmp_path: Path) -> None:
    """Where a program with the old files went past the middle meanwhile, the new one goes on."""
    old = _old_checkout(on_sqlite, tmp_path / "old")
    on_sqlite.squash("b2:m7")
    meanwhile = _Meanwhile(on_sqlite.engine, old, "g8")
    (done,) = commands.upgrade(meanwhile.project(on_sqlite.project))
    assert [step.revision for step in done.applied] == ["h9"]
    assert on_sqlite.complaints() == []


def test_moved_elsewhere_is_an_error_still(on_sqlite: History, tmp_path: Path) -> None:
    """A database that another program took to a revision of its own is not gone on with."""
    old = _old_checkout(on_sqlite, tmp_path / "old")
    on_sqlite.squash("b2:m7")
    old.add("stranger", parents="a1")
    meanwhile = _Meanwhile(on_sqlite.engine, old, "stranger")
    with pytest.raises((HistoryError, UnknownRevisionError), match="stranger"):
        commands.upgrade(meanwhile.project(on_sqlite.project))
    assert on_sqlite.rows() == {"stranger"}


def test_an_old_program_after_the_squash(on_sqlite: History, tmp_path: Path) -> None:
    """A program that still has the old files goes on with a database that the new one upgraded."""
    old = _old_checkout(on_sqlite, tmp_path / "old")
    on_sqlite.squash("b2:m7")
    on_sqlite.to("m7")
    old.to("g8")
    assert old.rows() == {"g8"}
    on_sqlite.to()
    on_sqlite.back()
    assert on_sqlite.rows() == set()


def test_an_old_program_finds_nothing_skipped(on_sqlite: History, tmp_path: Path) -> None:
    """To a program that still has the old files nothing that a squashed revision did is skipped."""
    old = _old_checkout(on_sqlite, tmp_path / "old")
    on_sqlite.squash("b2:m7")
    on_sqlite.to("m7")
    assert {each.kind for each in _found(old)} == {"changed", "unrecorded"}
    old.to("g8")
    commands.stamp(on_sqlite.project, ["m7"])
    commands.repair(old.project, accept=["m7"])
    commands.stamp(on_sqlite.project, ["m7"])
    assert {each.kind for each in _found(old)} == {"changed", "unrecorded"}


def _found(project: History) -> tuple[Finding, ...]:
    (done,) = commands.repair(project.project)
    return done.findings
