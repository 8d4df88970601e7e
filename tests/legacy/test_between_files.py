"""Revision files that use each other, and what a file knows of itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flaskmig.engine.configuration.options import Options
from flaskmig.errors import InvalidRevisionFileError
from tests.databases import sqlite_database
from tests.legacy.project import OldFiles, run_peer
from tests.legacy.seen import NOTES

FIRST = """
SIZE = 40


def make(table):
    op.create_table(table, sa.Column("id", sa.Integer), sa.Column("name", sa.String(SIZE)))
"""

# How published files get at another one, whose name need not be one that `import` takes.
WAYS = {
    "package": "from migrations.versions import first_one as other",
    "import_module": """
        import importlib
        other = importlib.import_module("migrations.versions.first_one")
    """,
    "spec": """
        import importlib.util
        import os
        path = os.path.join(os.path.dirname(__file__), "first_one.py")
        spec = importlib.util.spec_from_file_location("first_one", path)
        other = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(other)
    """,
    "loader": """
        import os
        from importlib.machinery import SourceFileLoader
        path = os.path.join(os.path.dirname(__file__), "first_one.py")
        other = SourceFileLoader("first_one", path).load_module()
    """,
    "alembic": """
        import os
        from alembic.util import load_python_file
        other = load_python_file(os.path.dirname(__file__), "first_one.py")
    """,
    "pyfiles": """
        import os
        from alembic.util.pyfiles import load_module_py
        other = load_module_py("x", os.path.join(os.path.dirname(__file__), "first_one.py"))
    """,
    "runpy": """
        import os, runpy, types
        path = os.path.join(os.path.dirname(__file__), "first_one.py")
        other = types.SimpleNamespace(**runpy.run_path(path))
    """,
    "path": """
        import os, sys
        sys.path.insert(0, os.path.dirname(__file__))
        import first_one as other
    """,
}


@pytest.fixture(autouse=True)
def nothing_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    NOTES.clear()
    yield
    NOTES.clear()
    for name in [each for each in sys.modules if "first_one" in each]:
        del sys.modules[name]
    for name in ("migrations.versions", "migrations"):
        sys.modules.pop(name, None)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("way", WAYS)
def test_one_file_uses_another(old: OldFiles, tmp_path: Path, way: str) -> None:
    """However a revision file loads another, what that one calls acts on the migration."""
    old.write("first_one", "make('a')", "op.drop_table('a')", FIRST)
    old.write("second", "other.make('b')", "op.drop_table('b')", WAYS[way])
    old.upgrade()
    assert old.tables() >= {"a", "b"}
    if way != "pyfiles":
        with sqlite_database(tmp_path / "peer.sqlite") as peer:
            run_peer(old.folder, peer)
            run_peer(old.folder, peer, "base")
    old.downgrade()
    assert not old.tables() & {"a", "b"}
    old.upgrade()
    assert old.tables() >= {"a", "b"}


def test_the_file_that_runs(old: OldFiles) -> None:
    """A file finds its own folder, and what it calls itself is a name that imports could have."""
    old.write(
        "a1",
        "NOTES.append((__file__, __name__.isidentifier(), __name__ in sys.modules))",
        top="import sys\nfrom tests.legacy.seen import NOTES",
    )
    old.upgrade()
    assert [(str(old.folder / "versions" / "a1.py"), True, False)] == NOTES


def test_no_state_is_kept(old: OldFiles) -> None:
    """Each run of a revision has the file's names afresh, as a process of its own would have."""
    top = "from tests.legacy.seen import NOTES\nCOUNT = []"
    note = "COUNT.append(1); NOTES.append(len(COUNT))"
    old.write("a1", note, note, top)
    old.upgrade()
    old.downgrade()
    old.upgrade()
    assert NOTES == [1, 1, 1]


def test_annotations_of_the_future(old: OldFiles) -> None:
    """A file's own compiler flags count in it, and flaskmig's do not."""
    path = old.write("a1", "NOTES.append(noted.__annotations__)", top="""
        from tests.legacy.seen import NOTES

        def noted(x: int) -> str: ...
    """)  # fmt: skip
    old.upgrade()
    path.write_text("from __future__ import annotations\n" + path.read_text())
    old.downgrade()
    old.upgrade()
    assert [{"x": int, "return": str}, {"x": "int", "return": "str"}] == NOTES


def test_folders_of_the_ini_file(old: OldFiles, tmp_path: Path) -> None:
    """Folders that alembic.ini prepends to the search path are found by both tools' files."""
    lib = tmp_path / "lib"
    lib.mkdir()
    (lib / "only_in_lib.py").write_text("from alembic import op\nTABLE = 't'\n")
    old.write(
        "a1",
        "from only_in_lib import TABLE; op.create_table(TABLE, sa.Column('id', sa.Integer))",
        top="import only_in_lib",
    )
    (old.folder / "alembic.ini").write_text(
        f"[alembic]\nprepend_sys_path = {lib}\npath_separator = os\n"
    )
    with pytest.raises(InvalidRevisionFileError, match="only_in_lib"):
        old.upgrade()
    before = list(sys.path)
    old.options = Options.read(old.folder, {})
    old.upgrade()
    assert "t" in old.tables()
    assert sys.path == before
    del sys.modules["only_in_lib"]
