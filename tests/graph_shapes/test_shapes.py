"""Single shapes that published histories have, and what stands beside the revisions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig.errors import (
    AmbiguousRevisionError,
    ConfigurationError,
    FlaskmigError,
    RevisionNotFoundError,
)
from tests.going_back import peer
from tests.graph_shapes import made
from tests.graph_shapes.made import File


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    found = sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    yield found
    found.dispose()


def _write(folder: Path, *files: File) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / f"{file.id}.py").write_text(file.text())


def test_subfolders_by_alembics_own_option(tmp_path: Path, engine: sa.Engine) -> None:
    """recursive_version_locations of alembic.ini finds files in folders of folders."""
    directory = tmp_path / "m"
    _write(directory / "versions" / "2024" / "01", File(id="a1"))
    _write(directory / "versions" / "2025", File(id="b2", parents=("a1",)))
    (directory / "alembic.ini").write_text("[alembic]\nrecursive_version_locations = true\n")
    with made.application(directory, engine).app_context():
        flaskmig.upgrade()
    assert peer.rows_of(engine) == ["b2"]
    scripts = peer.scripts_of(directory, recursive_version_locations="true")
    peer.run(engine, scripts, "downgrade", "a1")
    assert peer.rows_of(engine) == ["a1"]


def test_several_bases_in_folders_of_their_own(tmp_path: Path, engine: sa.Engine) -> None:
    """version_locations of alembic.ini with branches of their own: label@head is one of them."""
    directory = tmp_path / "m"
    _write(directory / "core", File(id="a1", label="core"), File(id="a2", parents=("a1",)))
    _write(directory / "shop", File(id="b1", label="shop", depends_on=("a1",)))
    (directory / "alembic.ini").write_text(
        "[alembic]\nversion_locations = %(here)s/core %(here)s/shop\npath_separator = space\n"
    )
    with made.application(directory, engine).app_context():
        flaskmig.upgrade(revision="shop@head")
        assert peer.rows_of(engine) == ["b1"]
        flaskmig.upgrade(revision="core@head")
        # What b1 needs is below a2, so that both are rows.
        assert peer.rows_of(engine) == ["a2", "b1"]
        flaskmig.downgrade(revision="shop@base")
        assert peer.rows_of(engine) == ["a2"]


def test_a_file_without_an_id(tmp_path: Path, engine: sa.Engine) -> None:
    """A file that says no revision has the id of its name, as Alembic reads it."""
    versions = tmp_path / "m" / "versions"
    _write(versions, File(id="a1"))
    text = File(id="x", parents=("a1",)).text()
    (versions / "bead.py").write_text("\n".join(text.splitlines()[:2] + text.splitlines()[3:]))
    with made.application(tmp_path / "m", engine).app_context():
        flaskmig.upgrade()
    assert peer.rows_of(engine) == ["bead"]
    peer.run(engine, peer.scripts_of(tmp_path / "m"), "downgrade", "a1")
    assert peer.rows_of(engine) == ["a1"]


@pytest.mark.parametrize(
    "text",
    ["def broken(:\n", "HELPERS = 1\n", "import nothing_of_this_name\n"],
    ids=["unparsable", "no_revision", "imports"],
)
def test_strays_are_reported_and_left_out(tmp_path: Path, engine: sa.Engine, text: str) -> None:
    """A file that is no revision, and that nothing needs, is left out with a warning."""
    versions = tmp_path / "m" / "versions"
    _write(versions, File(id="a1"), File(id="b2", parents=("a1",)))
    (versions / "helpers.py").write_text(text)
    with made.application(tmp_path / "m", engine).app_context():
        [ran] = flaskmig.upgrade()
        [current] = flaskmig.current()
    assert peer.rows_of(engine) == ["b2"]
    for warnings in (ran.warnings, current.warnings):
        assert any("helpers.py" in warning and "left out" in warning for warning in warnings)


def test_a_stray_that_something_needs(tmp_path: Path, engine: sa.Engine) -> None:
    """Where a revision follows what is missing, the error names the file that was left out."""
    versions = tmp_path / "m" / "versions"
    _write(versions, File(id="b2", parents=("a1",)))
    (versions / "lost.py").write_text("def broken(:\n")
    app = made.application(tmp_path / "m", engine)
    with app.app_context(), pytest.raises(RevisionNotFoundError, match=r"lost\.py"):
        flaskmig.upgrade()
    assert not sa.inspect(engine).get_table_names()


@pytest.mark.parametrize("name", ["c3_add_things.py", "2024_01_things.py"])
def test_a_broken_revision_is_no_stray(tmp_path: Path, engine: sa.Engine, name: str) -> None:
    """A file with the name of a revision, or a header, stops everything as long as it is broken."""
    versions = tmp_path / "m" / "versions"
    _write(versions, File(id="a1"))
    (versions / name).write_text("def broken(:\n")
    (versions / "things.py").write_text("revision = 'x'\ndef broken(:\n")
    with made.application(tmp_path / "m", engine).app_context():
        for left in (name, "things.py"):
            with pytest.raises(FlaskmigError, match=left):
                flaskmig.upgrade()
            (versions / left).unlink()
        flaskmig.upgrade()
    assert peer.rows_of(engine) == ["a1"]


def test_two_files_with_one_id(tmp_path: Path, engine: sa.Engine) -> None:
    """A copy of a revision is refused and named: of the two only one could run."""
    versions = tmp_path / "m" / "versions"
    _write(versions, File(id="a1"))
    shutil.copy(versions / "a1.py", versions / "a1_copy.py")
    app = made.application(tmp_path / "m", engine)
    with app.app_context(), pytest.raises(AmbiguousRevisionError, match=r"a1_copy\.py"):
        flaskmig.upgrade()
    assert not sa.inspect(engine).get_table_names()


def test_what_is_beside_the_files(tmp_path: Path, engine: sa.Engine) -> None:
    """Byte code, an editor's lock, a package's __init__ and folders of caches are no revisions."""
    versions = tmp_path / "m" / "versions"
    _write(versions, File(id="a1"))
    (versions / "__pycache__").mkdir()
    for name in ("b2.pyc", "c3.pyo", ".#a1.py", "__init__.py", "__pycache__/d4.py", "a1.py.orig"):
        (versions / name).write_bytes(b"\x00 no source")
    with made.application(tmp_path / "m", engine).app_context():
        [ran] = flaskmig.upgrade()
        assert len(flaskmig.history()) == 1
    assert ran.warnings == ()
    assert peer.rows_of(engine) == ["a1"]


def test_byte_code_alone(tmp_path: Path, engine: sa.Engine) -> None:
    """A folder of byte code without source is refused, and not taken for an empty history."""
    versions = tmp_path / "m" / "versions"
    versions.mkdir(parents=True)
    (versions / "b2.pyc").write_bytes(b"\x00 no source")
    app = made.application(tmp_path / "m", engine)
    with app.app_context(), pytest.raises(ConfigurationError, match=r"b2\.pyc is byte code"):
        flaskmig.upgrade()


def test_a_stamp_below_a_merge(tmp_path: Path, engine: sa.Engine) -> None:
    """Whoever stamps below a merge says of its other branches, too, that they are not applied."""
    directory = tmp_path / "m"
    files = [
        File(id="a1"),
        File(id="b1", parents=("a1",)),
        File(id="b2", parents=("a1",)),
        File(id="c1", parents=("b1", "b2")),
    ]
    _write(directory / "versions", *files)
    with made.application(directory, engine).app_context():
        flaskmig.upgrade()
        flaskmig.stamp(revision="b1")
        assert peer.rows_of(engine) == ["b1"]
        [ran] = flaskmig.upgrade()
    assert [step.revision for step in ran.applied] == ["b2", "c1"]
    assert peer.rows_of(engine) == ["c1"]
