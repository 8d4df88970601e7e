"""What commands do where everything is applied, however many revisions that is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Project
from flaskmig.engine.files import folder_headers, header_cache, scripts
from flaskmig.engine.files.revision_folders import read_revision
from tests.execute.chain import Chain

LENGTH = 60

COMMANDS: dict[str, Callable[[Project], Any]] = {
    "heads": commands.heads,
    "current": commands.current,
    "history": commands.history,
    "upgrade": lambda project: commands.upgrade(project, "heads"),
}


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(header_cache, "_SETTLED_NS", 0)


def applied(folder: Path, engine: sa.Engine, length: int) -> Project:
    """A history of so many revisions, all of them applied to the database."""
    chain = Chain(folder, engine, version_table=f"versions_{length}")
    for number in range(length):
        chain.add(f"r{number:04}")
    project = chain.project
    [ran] = commands.upgrade(project, "heads")
    assert len(ran.applied) == length
    return project


def statements(engine: sa.Engine, function: Callable[[], object]) -> list[str]:
    """What is sent to the database while the function runs."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        function()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return sent


def test_no_file_is_read(
    engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No revision file is opened that is as it was at the command before."""
    project = applied(tmp_path / "project", engine, LENGTH)
    expected = [function(project) for function in COMMANDS.values()]
    for module in (folder_headers, scripts):
        monkeypatch.setattr(module, "read_revision", None)
    assert [function(project) for function in COMMANDS.values()] == expected


def test_the_number_of_queries(engine: sa.Engine, tmp_path: Path) -> None:
    """A long history is as many queries as a short one."""
    projects = [applied(tmp_path / str(length), engine, length) for length in (3, LENGTH)]
    for function in COMMANDS.values():
        short, long = (len(statements(engine, partial(function, each))) for each in projects)
        assert short == long


def test_what_is_new_is_read(
    engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a history that grew, one file is read: the one that is new."""
    project = applied(tmp_path / "project", engine, LENGTH)
    _ = commands.heads(project)
    chain = Chain(tmp_path / "project", engine, version_table=f"versions_{LENGTH}")
    chain.last = f"r{LENGTH - 1:04}"
    path = chain.add("new1")
    read: list[str] = []

    def note(path: str) -> object:
        read.append(path)
        return read_revision(path)

    monkeypatch.setattr(folder_headers, "read_revision", note)
    [head] = commands.heads(project)
    assert head.revision.id == "new1"
    assert read == [str(path)]
    [current] = commands.current(project)
    assert not current.is_at_heads
