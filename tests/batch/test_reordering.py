"""Columns in another order: the operation itself, and the stored text that it edits."""

from __future__ import annotations

import random
import re
import sqlite3

import pytest

from flaskmig.dialects import dialect_named
from flaskmig.dialects.sqlite.column_order import with_order
from flaskmig.engine.rendering.render import calls_of
from flaskmig.engine.rendering.source_writer import SourceWriter
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import ReorderColumns
from flaskmig.schema import Column, QualifiedName, Schema, Table, Type
from tests.counts import SEED, rounds

_COMMENTS = ("", " -- about {0}\n", " /* about {0} */", "\n -- above {0}\n", " /* a,\n b, {0} */ ")
_TYPES = ("INTEGER", "TEXT DEFAULT ' -- no comment, '", "NUMERIC(10, 2)", "", "INT CHECK (1 > 0)")


def test_any_text() -> None:
    """The columns come in the order that is asked for, and no comment or clause is lost."""
    for number in range(rounds(300, 20_000)):
        draw = random.Random(f"{SEED}-{number}")
        names = [f"c{place}" for place in range(draw.randint(1, 6))]
        text = _text(draw, names)
        order = draw.sample(names, len(names))
        made = with_order(text, order)
        assert _columns(made) == order, (text, made)
        assert sorted(_words(made)) == sorted(_words(text)), (text, made)
        back = with_order(made, names)
        assert _columns(back) == names
        assert sorted(_words(back)) == sorted(_words(text))


def _text(draw: random.Random, names: list[str]) -> str:
    parts = []
    for place, name in enumerate(names):
        before, behind, after = (draw.choice(_COMMENTS).format(name) for _ in range(3))
        comma = "," if place < len(names) - 1 else ""
        parts.append(f"{before} {name} {draw.choice(_TYPES)}{behind}{comma}{after}")
    last = draw.choice(["", f", CHECK ({names[0]} > 0)", f" CHECK ({names[0]} <> ',')"])
    options = draw.choice(["", " WITHOUT ROWID, STRICT"])
    opening = draw.choice(["", " -- the table\n", "\n"])
    text = f"CREATE TABLE t ({opening}{''.join(parts)}{last})"
    return text if options == "" or not _is_valid(text + options) else text + options


def _is_valid(text: str) -> bool:
    try:
        sqlite3.connect(":memory:").execute(text)
    except sqlite3.Error:
        return False
    return True


def _columns(text: str) -> list[str]:
    raw = sqlite3.connect(":memory:")
    raw.execute(text)
    return [row[1] for row in raw.execute("PRAGMA table_info(t)")]


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+|[^\s\w]", text) if word != ","]


def test_a_comment_goes_with_its_column() -> None:
    """A comment on a column's line, or above it, is about the column; one behind the table's
    parenthesis is about the table.
    """
    text = """CREATE TABLE t ( -- all there is
    id INTEGER PRIMARY KEY, -- the key
    /* about a */ a TEXT, -- an a
    -- above b
    b INTEGER -- the last
)"""
    assert (
        with_order(text, ["b", "a", "id"])
        == """CREATE TABLE t ( -- all there is
    -- above b
    b INTEGER, -- the last
    /* about a */ a TEXT, -- an a
    id INTEGER PRIMARY KEY -- the key
)"""
    )


def test_nothing_to_do() -> None:
    """A text whose columns stand as asked is not touched."""
    text = "CREATE TABLE t (a -- x\n, b/**/)"
    assert with_order(text, ["a", "b"]) is text


_OPERATION = ReorderColumns(table=QualifiedName("t"), before=("a", "b"), after=("b", "a"))


def test_not_on_postgresql() -> None:
    """PostgreSQL cannot do it, and says so."""
    columns = tuple(Column(name=name, type=Type(sql="integer")) for name in "ab")
    schema = Schema(tables=(Table(name=QualifiedName("t"), columns=columns),))
    with pytest.raises(UnsupportedOperationError) as caught:
        dialect_named("postgresql").statements([_OPERATION], schema)
    assert caught.value.hint


def test_not_as_a_call() -> None:
    """There is no call for it alone; the error names the block that does it."""
    with pytest.raises(UnsupportedOperationError) as caught:
        list(calls_of(SourceWriter("sqlite", None, frozenset()), _OPERATION))
    assert "batch_alter_table" in caught.value.hint
