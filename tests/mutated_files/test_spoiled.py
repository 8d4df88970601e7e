"""Files with something wrong in them: said clearly, and nothing is executed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutated_files.project import READING, Project
from tests.mutated_files.spoiled import BYTES, FUNCTIONS, HEADERS, ODD


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def reads(project: Project, name: str, *, refused: bool = False) -> None:
    """The commands that only read say clearly what there is, and execute nothing."""
    for command in READING:
        seen = project.run(*command)
        assert seen.is_clear, f"{name}, {command}: {seen}"
        assert seen.code == 1 or not refused, f"{name}, {command}: {seen}"
        for hidden in ("\x1b[2J", "\x07", "\u202e", "\x00"):
            assert hidden not in seen.output + seen.errors, f"{name}, {command}"
    assert project.ran == [], name
    assert project.outside() == set(), name


@pytest.mark.parametrize(("kind", "texts"), [("bytes", BYTES), ("header", HEADERS)])
def test_what_is_no_revision(project: Project, kind: str, texts: dict[str, bytes]) -> None:
    """A file that cannot be run stops an upgrade before any file is run."""
    for name, text in texts.items():
        project.reset()
        before = project.database()
        project.file.write_bytes(text)
        reads(project, name, refused=kind == "header")
        seen = project.run("upgrade", "heads")
        assert seen.code == 1, f"{name}: {seen}"
        assert seen.is_clear, f"{name}: {seen}"
        assert "Try: " in seen.errors, f"{name}: {seen}"
        assert len(seen.errors) < 4000, name
        assert project.ran == [], name
        assert project.database() == before, name
        assert project.outside() == set(), name


@pytest.mark.parametrize("end", [b"return\n", b"x = = 1\n", b"def f(a, a): pass\n", b"\x00"])
def test_the_last_of_several(project: Project, end: bytes) -> None:
    """Where the last file cannot be run, none of those before it is run either."""
    project.reset()
    before = project.database()
    last = project.versions / "cc33_last.py"
    last.write_bytes(last.read_bytes() + end)
    seen = project.run("upgrade")
    assert seen.code == 1, str(seen)
    assert seen.is_clear, str(seen)
    assert project.ran == []
    assert project.database() == before


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions(project: Project, name: str) -> None:
    """What cannot be called, does nothing or ends the process is no revision that was applied."""
    project.reset()
    before = project.database()
    project.file.write_bytes(FUNCTIONS[name])
    reads(project, name)
    seen = project.run("upgrade")
    assert seen.code == 1, str(seen)
    assert seen.is_clear, str(seen)
    assert "up cc33" not in project.ran
    assert [line for line in project.database() if "t_bb22" in line or "'bb22'" in line] == []
    assert [line for line in before if line not in project.database()] == []


@pytest.mark.parametrize("name", ODD)
def test_odd_files_run(project: Project, name: str) -> None:
    """A file that is written in an odd way, and is right, runs as it stands there."""
    project.reset()
    project.file.write_bytes(ODD[name])
    reads(project, name)
    seen = project.run("upgrade")
    assert seen.code == 0, str(seen)
    assert project.ran == ["bb22", "up bb22", "cc33", "up cc33"]
