"""The files that adopting reads and changes, one by one."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import alembic
import flask_migrate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flaskmig.engine.configuration.toml_text import with_options
from flaskmig.engine.files.mako_template import added_lines
from flaskmig.engine.files.own_imports import imports_alembic, rewritten
from flaskmig.engine.files.replacing import replace_file
from flaskmig.engine.files.source import checksum
from flaskmig.errors import ConfigurationError, InvalidRevisionFileError

TEMPLATES = [
    path
    for package in (alembic, flask_migrate)
    for path in sorted((Path(str(package.__file__)).parent / "templates").iterdir())
    if (path / "script.py.mako").is_file()
]

# Words that a file may have beside TOML's own.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain = st.one_of(words, st.integers(-(2**40), 2**40), st.booleans())
values = st.one_of(plain, st.lists(plain, max_size=3), st.lists(st.dictionaries(words, plain)))
names = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
COMMENTED = "# ours\n\n" + 'kept = "a"   # why\n'
TABLES = 'kept = "a"\n\n[[hooks]]\nname = 1\n'


@given(
    options=st.dictionaries(names, values, max_size=4),
    before=st.sampled_from(["", COMMENTED, TABLES]),
)
def test_options_in_toml(options: dict[str, Any], before: str) -> None:
    """Any option can be added to any file, and everything else stays as it was, comments too."""
    old = tomllib.loads(before)
    text = with_options(before, options)
    assert tomllib.loads(text) == {**old, **options}
    for line in before.splitlines():
        assert line in text.splitlines() or line.partition(" ")[0] in options
    assert with_options(text, options) == text


def test_option_that_cannot_be_changed() -> None:
    """An option over several lines is left alone, and the error names it."""
    with pytest.raises(ValueError, match="binds cannot be written"):
        with_options('binds = [\n  "a",\n]\n', {"binds": "all"})
    with pytest.raises(ValueError, match="cannot be written"):
        with_options("", {"compare_type": object()})


REWRITES = {
    b"from alembic import op\n": b"from flaskmig import op\n",
    b"from alembic import op\r\nx = 1\r\n": b"from flaskmig import op\r\nx = 1\r\n",
    b"\xef\xbb\xbffrom alembic import op\n": b"\xef\xbb\xbffrom alembic import op\n",
    b"# coding: latin-1\nx = '\xe9'\nfrom alembic import op\n": (
        b"# coding: latin-1\nx = '\xe9'\nfrom flaskmig import op\n"
    ),
    b"def upgrade():\n    from alembic import op as alembic_op\n": (
        b"def upgrade():\n    from flaskmig import op as alembic_op\n"
    ),
    b"from alembic import (\n    op,\n)\n": b"from flaskmig import (\n    op,\n)\n",
    b"from alembic import op; x = 'from alembic import op'\n": (
        b"from flaskmig import op; x = 'from alembic import op'\n"
    ),
}


def test_imports_that_are_rewritten() -> None:
    """The import of op is changed at its place; other bytes and the checksum stay."""
    for before, after in REWRITES.items():
        found = rewritten(before, "x.py")
        assert found.content == after
        assert (found.kept == ()) == (before != after)
        assert checksum(found.content) == checksum(before)
        assert rewritten(after, "x.py").content == after


@pytest.mark.parametrize(
    "line",
    [
        "from alembic import op, context",
        "from alembic import context",
        "import alembic",
        "import os, alembic.op",
        "from alembic.util import CommandError",
        "from  alembic import op",
        "x = 1; from alembic import op",
    ],
)
def test_imports_that_stay(line: str) -> None:
    """An import without a twin, or written otherwise, stays and is named with its line."""
    content = f"x = 'from alembic import op'\n{line}\n".encode()
    found = rewritten(content, "x.py")
    assert (found.content, [number for number, _ in found.kept]) == (content, [2])
    assert imports_alembic(content, "x.py")


def test_files_without_alembic() -> None:
    """What only speaks of Alembic does not import it; what does not parse is an error."""
    content = b'"""from alembic import op"""\nimport alembic_utils\nfrom . import alembic\n'
    assert not imports_alembic(content, "x.py")
    assert rewritten(content, "x.py").content == content
    with pytest.raises(InvalidRevisionFileError, match=r"x\.py"):
        rewritten(b"def (", "x.py")


@pytest.mark.parametrize("folder", TEMPLATES, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_templates_of_others(folder: Path) -> None:
    """The templates of Alembic and Flask-Migrate add nothing."""
    assert added_lines(folder) == ()


def test_template_of_ones_own(tmp_path: Path) -> None:
    """What somebody added is found with its line, whatever block is before it."""
    assert added_lines(tmp_path) == ()
    text = (TEMPLATES[-1] / "script.py.mako").read_text()
    lines = text.replace("import sqlalchemy as sa", "import sqlalchemy as sa\nimport sqlmodel")
    (tmp_path / "script.py.mako").write_text(f"<%\n  a = 1\n%>\n{lines}\nprint('x')\n")
    found = {each.text: each.line for each in added_lines(tmp_path)}
    written = (tmp_path / "script.py.mako").read_text().splitlines()
    assert list(found) == ["import sqlmodel", "print('x')"]
    assert all(written[number - 1] == text for text, number in found.items())


def test_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    """A file gets its new bytes and keeps its mode; a link goes on leading to it."""
    path, link = tmp_path / "file", tmp_path / "link"
    path.write_bytes(b"old")
    os.chmod(path, 0o640)
    link.symlink_to(path)
    replace_file(link, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    assert link.is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "link"]
    with pytest.raises(ConfigurationError, match="cannot be written"):
        replace_file(tmp_path / "nothing", b"new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "link"]
