"""Changes that need a rebuild: what they make, and what stops them."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from flaskmig.errors import FlaskmigError
from tests.execute.chain import Chain
from tests.rebuilds.changes import CHANGES
from tests.rebuilds.database import JOURNALS, application, made
from tests.rebuilds.feature import Change, Stopped
from tests.rebuilds.judge import Look, Row, look
from tests.rebuilds.stopped import STOPPED

_PARTS = re.compile(
    r"""--[^\n]*|/\*.*?\*/|(?P<text>'(?:[^']|'')*')|"(?P<name>\w+)"|\[(?P<other>\w+)\]"""
    r"""|(?P<odd>"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\])|(?P<word>\w+)|(?P<symbol>[^\s\w])""",
    re.DOTALL,
)


@pytest.mark.parametrize("journal", JOURNALS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_the_change_is_made(tmp_path: Path, change: Change, journal: str) -> None:
    """The database is afterwards what its SQL would have made of it, the rows those of before."""
    path = made(tmp_path, change.sql + change.rows, journal)
    (tmp_path / "after").mkdir()
    wanted = looked_at(made(tmp_path / "after", change.after), change.queries)
    before = looked_at(path, change.queries)
    engine = application(path)
    chain = Chain(tmp_path / "migrations", engine)
    chain.add("a1", change.body)
    chain.upgrade()
    engine.dispose()
    after = looked_at(path, change.queries)
    assert words(after) == words(wanted)
    assert after.facts == wanted.facts
    assert after.answers == before.answers
    assert len(after.violations) == len(before.violations)
    old, new = change.table.split()[0], change.table.split()[-1]
    cells = {
        name: [plain(row.get(name)) for row in after.rows[new]]
        for name in {name for row in after.rows[new] for name in row} - {"rowid"}
    }
    expected = {
        name: [plain(row[name]) for row in before.rows[old]]
        for name in {name for row in before.rows[old] for name in row} & cells.keys()
    }
    expected |= {name: [typed(value) for value in values] for name, values in change.values}
    assert cells == {name: values for name, values in expected.items() if values}
    assert after.sequences == before.sequences | dict(change.sequences)
    beside = {old, new, "sqlite_sequence"}
    rest = [rows for name, rows in before.rows.items() if name not in beside]
    assert [rows for name, rows in after.rows.items() if name not in beside] == rest


@pytest.mark.parametrize("journal", JOURNALS)
@pytest.mark.parametrize("stopped", STOPPED, ids=lambda stopped: stopped.name)
def test_the_change_is_stopped(tmp_path: Path, stopped: Stopped, journal: str) -> None:
    """What would lose or break something stops, says why, and leaves all of it as it was."""
    path = made(tmp_path, stopped.sql, journal)
    engine = application(path)
    chain = Chain(tmp_path / "migrations", engine)
    chain.add("a1", stopped.body)
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.executescript(stopped.connected)
        before = look(raw)
        with pytest.raises(FlaskmigError) as caught:
            chain.upgrade(connection=connection if stopped.connected else None)
        error = caught.value
        told = f"{error.message}\n{getattr(error, 'detail', '')}"
        assert re.search(stopped.says, told), told
        assert stopped.hints in error.hint
        assert look(raw) == before
    assert chain.rows() == frozenset()
    engine.dispose()


def looked_at(path: Path, queries: tuple[str, ...]) -> Look:
    raw = sqlite3.connect(path)
    try:
        return look(raw, queries)
    finally:
        raw.close()


def words(found: Look) -> dict[object, tuple[str, list[str]]]:
    """The texts without comments, blanks and quotes that do not count."""
    return {
        key: (
            table,
            [part.group(part.lastgroup) for part in _PARTS.finditer(sql or "") if part.lastgroup],
        )
        for key, (table, sql) in found.texts.items()
    }


def plain(cell: Row | None) -> tuple[object, ...]:
    return tuple(cell or ())


def typed(value: object) -> tuple[object, object]:
    kinds = {int: "integer", float: "real", str: "text", bytes: "blob", type(None): "null"}
    return value, kinds[type(value)]
