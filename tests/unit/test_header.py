"""Reading the header of a revision file without running it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flaskmig.engine.files.header import read_header
from flaskmig.engine.revisions.revision import Revision
from flaskmig.errors import InvalidRevisionFileError


def header(text: str | bytes, name: str = "x.py") -> Revision:
    return read_header(text.encode() if isinstance(text, str) else text, f"versions/{name}", name)


FULL = '''"""add email
to users

Longer text.

Revision ID: bbbb
Revises: aaaa
Create Date: 2026-11-22 18:02:11.000000
"""
from alembic import op

revision = "bbbb"
down_revision = "aaaa"
branch_labels = ("x", "y")
depends_on = ["cccc"]


def upgrade():
    raise SystemExit
'''


def test_full_header() -> None:
    """Every part of a usual header is read."""
    found = header(FULL)
    assert found.id == "bbbb"
    assert found.parents == ("aaaa",)
    assert found.depends_on == ("cccc",)
    assert found.branch_labels == {"x", "y"}
    assert found.message == "add email to users"
    assert found.created == "2026-11-22 18:02:11.000000"
    assert found.doc.startswith("add email\nto users\n\nLonger")
    assert found.path == "versions/x.py"


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("revision = 'b'\ndown_revision = None", ()),
        ("revision = 'b'\ndown_revision = ''", ()),
        ("revision = 'b'\ndown_revision = ()", ()),
        ("revision: str = 'b'\ndown_revision: str | None = 'a'", ("a",)),
        ("revision = 'b'\ndown_revision = ('a', 'c')", ("a", "c")),
        ("revision = 'b'\ndown_revision = ['a', 'c', 'a']", ("a", "c")),
        ("revision = 'b'\ndown_revision = {'c', 'a'}", ("a", "c")),
        ("first = 'a'\nrevision = 'b'\ndown_revision = first", ("a",)),
        ("first = 'a'\nrevision = 'b'\ndown_revision = (first, 'c')", ("a", "c")),
        ("revision, down_revision = 'b', 'a'", ("a",)),
        ("x = revision = 'b'\ndown_revision = ('a'\n 'bc')", ("abc",)),
        ("revision = 'b'\ndef f():\n  pass\ndown_revision = 'a'", ("a",)),
        ("down_revision = 'z'\nrevision = 'b'\ndef f(): pass\ndown_revision = 'a'", ("a",)),
        ("'''\ndef f(): pass\n'''\nrevision = 'b'\ndown_revision = 'a'", ("a",)),
        ("try:\n  import x\nexcept ImportError: pass\nrevision = 'b'\ndown_revision='a'", ("a",)),
        ("# -*- coding: latin-1 -*-\nrevision = 'b'\ndown_revision = 'a' # \xe9", ("a",)),
    ],
)
def test_forms(text: str, parents: tuple[str, ...]) -> None:
    """Literals, and names bound to literals, are read wherever they stand."""
    source = text.encode("latin-1")
    found = header(source)
    assert found.id == "b"
    assert found.parents == parents


def test_id_from_name() -> None:
    """Without a revision in it, a file's id is the hexadecimal start of its name."""
    assert header("down_revision = None", "1975ea83b712.py").id == "1975ea83b712"
    with pytest.raises(InvalidRevisionFileError, match="no revision id"):
        header("down_revision = None", "helpers.py")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("revision = 'b'\ndown_revision = None\n<<<<<<< HEAD\n", 3),
        ("revision = 'b'\ndown_revision = make()", 2),
        ("revision = 'a' + 'b'\ndown_revision = None", 1),
        ("revision = f'a'\ndown_revision = None", 1),
        ("revision = unknown\ndown_revision = None", 1),
        ("revision = 'b'\ndown_revision = 'a'\ndown_revision += 'c'", 3),
        ("revision = 5\ndown_revision = None", 1),
        ("revision = 'b'\ndown_revision = (1,)", 2),
        ("revision = 'a@b'\ndown_revision = None", 1),
        ("revision = 'a-b'\ndown_revision = None", 1),
        ("revision = 'b'\ndown_revision = 'a:c'", 2),
        ("revision = 'b\\n'\ndown_revision = None", 1),
        ("revision = ' '\ndown_revision = None", 1),
        ("revision = 'b'", 1),
        ("def upgrade(:\n  pass", 1),
        ("\0", None),
    ],
)
def test_unusable(text: str, line: int | None) -> None:
    """What cannot be read is an error with the file and the line."""
    with pytest.raises(InvalidRevisionFileError) as caught:
        header(text)
    assert caught.value.path == "versions/x.py"
    if line is not None:
        assert caught.value.line == line


def test_nothing_runs(tmp_path: Path) -> None:
    """Reading a header executes nothing of the file."""
    trace = tmp_path / "trace"
    header(f"open({str(trace)!r}, 'w')\nrevision = 'b'\ndown_revision = None")
    assert not trace.exists()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(FULL.splitlines(keepends=True)), max_size=25))
def test_shortcut_is_no_different(lines: list[str]) -> None:
    """Parsing only the start of a file never finds something else than parsing all of it."""
    text = "".join(lines)
    try:
        ast.parse(text)
    except SyntaxError:
        return
    try:
        short = header(text)
    except InvalidRevisionFileError:
        short = None
    try:
        # A coding line sends the file to the full parser.
        whole = header(f"# coding: utf-8\n{text}")
    except InvalidRevisionFileError:
        whole = None
    assert short == whole
