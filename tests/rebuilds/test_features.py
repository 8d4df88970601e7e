"""Every feature of a database survives that a table is rebuilt, and only that table differs."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.execute.chain import Chain
from tests.rebuilds.attached import ATTACHED
from tests.rebuilds.database import JOURNALS, application, made
from tests.rebuilds.definitions import DEFINITIONS
from tests.rebuilds.feature import Feature
from tests.rebuilds.judge import STAND_IN, Look, look, quoted
from tests.rebuilds.relations import RELATIONS

FEATURES = [*RELATIONS, *ATTACHED, *DEFINITIONS]

CHECK = 'CONSTRAINT "held" CHECK ({column} IS NOT 123456789)'
COLUMN = '"extra" INTEGER DEFAULT (40 + 2)'
CALLS = {
    "check": "op.create_check_constraint('held', {table!r}, {check!r})",
    "column": "op.add_column({table!r}, sa.Column('extra', sa.Integer(), "
    "server_default=sa.text('40 + 2')))",
}


@pytest.mark.parametrize("journal", JOURNALS)
@pytest.mark.parametrize("change", CALLS)
@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_only_the_table_differs(
    tmp_path: Path, feature: Feature, change: str, journal: str
) -> None:
    """A rebuild leaves every object, every cell, every counter and rowid as it was."""
    path = made(tmp_path, feature.sql, journal)
    engine = application(path)
    chain = Chain(tmp_path / "migrations", engine)
    check = CHECK.format(column=quoted(feature.column)).partition("CHECK (")[2][:-1]
    chain.add("a1", CALLS[change].format(table=feature.table, check=check))
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.executescript(feature.connected)
        before = look(raw, feature.queries)
        chain.upgrade(connection=connection)
        after = look(raw, feature.queries)
        assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == (journal,)
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        same_but_for(before, after, feature.table, change)
        if feature.then:
            *statements, query = feature.then
            for statement in statements:
                raw.execute(statement)
            assert raw.execute(query).fetchall() == list(feature.answer)
    engine.dispose()


def same_but_for(before: Look, after: Look, table: str, change: str) -> None:
    """The table has what was added to it, and nothing else differs at all."""
    assert not [name for _, _, name in after.texts if name.startswith(STAND_IN)]
    here = ("main", "table", table)
    assert without(after.texts, here) == without(before.texts, here)
    old, new = before.tables[table], after.tables[table]
    assert is_with(old, new, table, change), new
    known = {key: facts for key, facts in before.facts.items() if key[0] != table}
    assert {key: facts for key, facts in after.facts.items() if key[0] != table} == known
    for _, what in (key for key in before.facts if key[0] == table):
        found = after.facts[table, what]
        if what == "table_list" and change == "column":
            [(kind, count, *flags)] = before.facts[table, what]
            assert found == [(kind, int(str(count)) + 1, *flags)]
        elif what == "table_xinfo" and change == "column":
            extra = [row for row in found if row[1] == "extra"]
            assert [row[2:5] for row in extra] == [("INTEGER", 0, "40 + 2")]
            rest = [row[1:] for row in found if row[1] != "extra"]
            assert rest == [row[1:] for row in before.facts[table, what]]
        else:
            assert found == before.facts[table, what]
    expected = dict(before.rows)
    if change == "column":
        expected[table] = [{**row, "extra": (42, "integer")} for row in expected[table]]
    assert after.rows.keys() == before.rows.keys()
    for name, rows in after.rows.items():
        assert in_any_order(rows) == in_any_order(expected[name]), name
    assert after.sequences == before.sequences
    assert after.violations == before.violations
    assert after.answers == before.answers


def without(texts: Mapping[tuple[str, str, str], object], key: tuple[str, str, str]) -> object:
    return {each: text for each, text in texts.items() if each != key}


def is_with(old: str, new: str, table: str, change: str) -> bool:
    """Whether the new text is the old one, to the letter, and in it what was added, and a comma.

    SQLite writes the table's name anew when it renames the copy.
    """
    added = re.escape(CHECK.format(column="@")).replace("@", r'"(?:[^"]|"")*"')
    if change == "column":
        added = re.escape(COLUMN)
    rest, count = re.subn(r"\s*" + added, "", new)
    name = r'(?:"(?:[^"]|"")*"|\w+)'
    head = re.match(rf"CREATE TABLE\s+{name}", old, re.IGNORECASE)
    assert count == 1, new
    assert head is not None
    written = f"CREATE TABLE {quoted(table)}"
    assert rest.startswith(written)
    body, kept = rest.removeprefix(written), old[head.end() :]
    commas = (place for place, letter in enumerate(body) if letter == ",")
    return any(body[:place] + body[place + 1 :] == kept for place in commas)


def in_any_order(rows: list[dict[str, tuple[object, ...]]]) -> Counter[str]:
    return Counter(repr(sorted(row.items())) for row in rows)


def test_there_are_enough() -> None:
    """The features and changes are 120 cases or more, in each journal mode, and differ in name."""
    names = [feature.name for feature in FEATURES]
    assert len(set(names)) == len(names)
    assert len(FEATURES) * len(CALLS) >= 120
    assert set(JOURNALS) == {"delete", "wal"}
