"""A change of type stops exactly where SQLite would store another value than the one there is."""

from __future__ import annotations

import random
import sqlite3
import struct
from itertools import product

import pytest

from flaskmig.dialects.base import Statement
from flaskmig.dialects.sqlite.conversions import conversions
from flaskmig.schema import Column, QualifiedName, Settings, Table, Type
from tests.counts import SEED, rounds

TYPES = ("INTEGER", "TEXT", "NUMERIC", "REAL", "BLOB", "", "ANY", "VARCHAR(9)", "BOOLEAN", "DATE")
WORDS = (
    "'00123'", "'1'", "'-7'", "'+7'", "' 12 '", "'12 '", "'1.0'", "'1.50'", "'0.5'", "'.5'", "'5.'",
    "'1e3'", "'1E3'", "'1e400'", "'abc'", "'12abc'", "''", "' '", "'0x10'", "'-0'", "'inf'",
    "'9223372036854775807'", "'9223372036854775808'", "'9999999999999999999'", "'1_000'", "'1,5'",
    "'nan'", "'9007199254740993.0'", "'0.1000000000000000055511151231257827'",
    "1", "0", "-7", "9223372036854775807", "-9223372036854775808", "9007199254740993",
    "1.0", "1.5", "-0.0", "0.1", "0.1 + 0.2", "1e15", "1e16", "1e300", "9e999", "-9e999", "1.0e18",
    "9223372036854775807.0", "x'31'", "x''", "x'00ff'", "NULL",
)  # fmt: skip


def a_table(type_: str) -> Table:
    columns = (Column(name="id", type=Type(sql="INTEGER")), Column(name="x", type=Type(sql=type_)))
    return Table(name=QualifiedName("t"), columns=columns, settings=Settings())


def some_word(chance: random.Random) -> str:
    match chance.randrange(4):
        case 0:
            [number] = struct.unpack("<d", chance.randbytes(8))
            return repr(number) if number == number and abs(number) < 1e308 else "1.25"
        case 1:
            return str(chance.randint(-(2**63), 2**63 - 1) >> chance.randrange(63))
        case 2:
            letters = chance.choices("0123456789+-.eE x", k=chance.randint(1, 20))
            return "'" + "".join(letters) + "'"
        case _:
            digits = "".join(chance.choices("0123456789", k=chance.randint(1, 24)))
            return f"'{chance.choice(['', '-', '0', '1.'])}{digits}'"


def is_stopped(raw: sqlite3.Connection, guards: list[Statement]) -> bool:
    return any(raw.execute(guard.sql).fetchall() for guard in guards)


@pytest.mark.parametrize("before", TYPES)
def test_what_is_stopped_is_what_would_change(before: str) -> None:
    """For every pair of types, a value stops it where it would not come back, and only there."""
    chance = random.Random(f"{SEED} {before}")
    words = [*WORDS, *(some_word(chance) for _ in range(rounds(60, 3000)))]
    raw = sqlite3.connect(":memory:")
    for after, word in product(TYPES, words):
        raw.execute(f"CREATE TABLE t (id INTEGER PRIMARY KEY, x {before})")
        raw.execute(f"CREATE TABLE n (id INTEGER PRIMARY KEY, x {after})")
        raw.execute(f"INSERT INTO t (x) VALUES ({word})")
        found = list(conversions(a_table(before), a_table(after)))
        guards = [guard for conversion in found for guard in conversion.guards()]
        stops = is_stopped(raw, guards)
        raw.execute("INSERT INTO n SELECT * FROM t")
        [old] = raw.execute("SELECT x, typeof(x) FROM t").fetchall()
        [new] = raw.execute("SELECT x, typeof(x) FROM n").fetchall()
        is_other = not comes_back(raw, *old, *new)
        is_part = after == "INTEGER" != before and new[1] not in ("integer", "null")
        where = f"{before or 'no type'} to {after or 'no type'}: {word} became {new} (SEED={SEED})"
        assert stops == (is_other or (is_part and bool(found))), where
        raw.execute("DROP TABLE t")
        raw.execute("DROP TABLE n")


def comes_back(raw: sqlite3.Connection, old: object, old_kind: str, new: object, kind: str) -> bool:
    """Whether the new value tells what the old one was: its spelling, or its number."""
    if (old, old_kind) == (new, kind):
        return True
    if old_kind == "text":
        [(text,)] = raw.execute("SELECT CAST(? AS TEXT)", (new,)).fetchall()
        return bool(text == old)
    assert isinstance(old, int | float), (old, new)
    [(number,)] = raw.execute("SELECT CAST(? AS NUMERIC)", (new,)).fetchall()
    return isinstance(number, int | float) and number == old
