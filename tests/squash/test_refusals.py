"""What cannot be squashed is refused with the reason, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Options
from flaskmig.errors import (
    ChangedRevisionError,
    ConfigurationError,
    FlaskmigError,
    RevisionError,
    RevisionNotFoundError,
    UnknownRevisionError,
    UnprovenRevisionError,
)
from tests.squash.project import History, sorted_rows, write

EMPTY = "def upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n"


def _files(history: History) -> dict[str, bytes]:
    found = (path for path in history.folder.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in found}


@pytest.mark.parametrize(
    ("span", "says"),
    [
        ("b2", "no range"),
        ("b2:c3:d4", "no range"),
        ("b2:b2", "one revision"),
        ("c3:b2", "does not follow"),
        ("d4:e5", "does not follow"),
        ("b2:d4", "e5 .* follows c3"),
        ("d4:g8", "m7 also follows f6"),
        ("nothing:g8", "no revision"),
    ],
)
def test_spans_that_are_none(on_sqlite: History, span: str, says: str) -> None:
    """A span that is no closed part of the history is refused."""
    before = _files(on_sqlite)
    with pytest.raises(RevisionError, match=says) as caught:
        on_sqlite.squash(span)
    assert caught.value.hint
    assert _files(on_sqlite) == before


def _with(history: History, body: str, **options: str) -> None:
    write(history.folder, "i10", body, parents="h9", **options)


BODIES = {
    "a star": ("", "from math import *", r"line \d+.*import \*"),
    "globals": ("def upgrade():\n    globals()\n", "", "it uses globals"),
    "its path": ("def upgrade():\n    open(__file__).close()\n", "", "it uses __file__"),
    "a parameter": ("def upgrade(what):\n    op.execute('SELECT 1')\n", "", "parameter what"),
    "a relative import": ("", "from .other import x", "relative import"),
    "a name of another": (
        "def upgrade():\n    op.execute(f'SELECT {users.MAXYEAR}')\n",
        "try:\n    import datetime as users\nexcept ImportError:\n    pass\n",
        "the name users",
    ),
}


@pytest.mark.parametrize("what", BODIES)
def test_files_that_cannot_be_part_of_another(on_sqlite: History, what: str) -> None:
    """A step on data that only works in its own file stops the squash, with file and line."""
    body, imports, says = BODIES[what]
    body = body or "def upgrade():\n    op.execute('SELECT 1')\n"
    _with(on_sqlite, f"{body}\n\ndef downgrade():\n    pass\n", imports=imports)
    before = _files(on_sqlite)
    with pytest.raises(FlaskmigError, match=says) as caught:
        on_sqlite.squash("g8:i10" if what != "a name of another" else "c3:i10")
    assert "i10_.py" in caught.value.message
    assert _files(on_sqlite) == before


def test_a_file_that_imports_another(on_sqlite: History) -> None:
    """A file that another one imports is not moved away."""
    before = "import importlib\nstep = importlib.import_module('migrations.versions.g8_')\n"
    _with(on_sqlite, f"{before}\n\n{EMPTY}")
    with pytest.raises(RevisionError, match=r"i10_\.py, line \d+: it uses the file of .* g8"):
        on_sqlite.squash("b2:g8")


@pytest.mark.parametrize("text", ["'c3.users'", "op.get_context().script.get_revision('c3')"])
def test_a_file_that_asks_for_another(on_sqlite: History, text: str) -> None:
    """A file whose module another one asks for by its id is not moved away."""
    _with(on_sqlite, f"def upgrade():\n    str({text})\n\n\ndef downgrade():\n    pass\n")
    with pytest.raises(RevisionError, match=r"i10_\.py, line \d+: it uses the file of .* c3"):
        on_sqlite.squash("b2:g8")


def test_something_depends_on_the_middle(on_sqlite: History) -> None:
    """A revision that another one depends on stays a step of its own."""
    _with(on_sqlite, EMPTY, needs="c3")
    with pytest.raises(RevisionError, match=r"i10 .* depends on c3"):
        on_sqlite.squash("b2:m7")


def test_a_revision_that_fails_on_an_empty_database(on_sqlite: History) -> None:
    """Nothing is squashed where a revision fails on a database that has nothing else."""
    _with(on_sqlite, "def upgrade():\n    op.execute('SELECT * FROM nowhere')\n")
    before = _files(on_sqlite)
    with pytest.raises(UnprovenRevisionError, match=r"upgrade.. of revision i10 .* nowhere"):
        on_sqlite.squash("g8:i10")
    assert _files(on_sqlite) == before


def test_a_folder_that_revisions_are_read_from(on_sqlite: History) -> None:
    """The old files are not put where revisions are read from."""
    on_sqlite.options = Options(version_locations=(".",), recursive_version_locations=True)
    with pytest.raises(ConfigurationError, match="cannot be kept"):
        on_sqlite.squash("b2:m7")


def test_a_replaced_revision_as_a_target(on_sqlite: History) -> None:
    """A replaced revision is no target for a database outside of the middle; the error says so."""
    on_sqlite.to("a1")
    on_sqlite.squash("b2:m7")
    with pytest.raises(RevisionNotFoundError, match="'c3' is one of 6 that revision m7 replaces"):
        on_sqlite.to("c3")
    on_sqlite.to()
    with pytest.raises(RevisionNotFoundError, match="m7 replaces"):
        on_sqlite.back("c3")
    assert on_sqlite.rows() == {"h9"}


def test_a_file_that_follows_a_replaced_one(on_sqlite: History) -> None:
    """A file from another branch that follows a replaced revision is told what to follow."""
    on_sqlite.squash("b2:m7")
    write(on_sqlite.folder, "late", EMPTY, parents="d4")
    with pytest.raises(RevisionNotFoundError, match=r"late .* follows 'd4', which .* m7 replaces"):
        on_sqlite.to()


def test_the_old_files_are_gone(on_sqlite: History, tmp_path: Path) -> None:
    """A database in the middle of files that were deleted is told which, and left alone."""
    on_sqlite.to("d4")
    folder = on_sqlite.squash("b2:m7").folder
    assert folder is not None
    (folder / "e5_.py").unlink()
    with pytest.raises(UnknownRevisionError, match="at d4, in the middle of what revision m7"):
        on_sqlite.to()
    with pytest.raises(UnknownRevisionError):
        commands.current(on_sqlite.project)
    assert on_sqlite.rows() == {"d4"}


LATE = "def upgrade():\n    op.execute('CREATE TABLE late (id INTEGER)')\n\n\n" + (
    "def downgrade():\n    op.execute('DROP TABLE late')\n"
)


@pytest.mark.parametrize("are_kept", [True, False])
def test_a_branch_that_is_moved_behind_the_end(on_sqlite: History, are_kept: bool) -> None:
    """A database that has a branch from the middle does not lose the rest by its new parent."""
    path = write(on_sqlite.folder, "late", LATE, parents="c3")
    on_sqlite.to("late")
    former = path.read_bytes()
    path.unlink()
    folder = on_sqlite.squash("b2:m7").folder
    assert folder is not None
    if not are_kept:
        shutil.rmtree(folder)
    write(on_sqlite.folder, "late", LATE, parents="m7")
    before = sorted_rows(on_sqlite.engine)
    for revision in ("late", "heads"):
        with pytest.raises(ChangedRevisionError, match="m7 never ran here") as caught:
            on_sqlite.to(revision)
        assert "flask db downgrade c3" in caught.value.hint
    with pytest.raises(ChangedRevisionError, match="m7 never ran here"):
        commands.downgrade(on_sqlite.project, "m7", accept_changed=True)
    assert sorted_rows(on_sqlite.engine) == before
    if are_kept:
        _go_below(on_sqlite, former)
        on_sqlite.to("heads")
        assert on_sqlite.complaints() == []
        assert on_sqlite.rows() == {"h9", "late"}


def _go_below(whole: History, former: bytes) -> None:
    """What the hint says, with a checkout from before the squash."""
    old = whole.folder.parent / "old"
    shutil.copytree(whole.folder / "replaced", old / "versions")
    for path in (whole.folder / "versions").glob("a1_*.py"):
        shutil.copy(path, old / "versions")
    (folder,) = (path for path in (old / "versions").iterdir() if path.is_dir())
    for path in folder.iterdir():
        path.rename(old / "versions" / path.name)
    (old / "versions" / "late_.py").write_bytes(former)
    History(old, whole.engine).back("c3")
