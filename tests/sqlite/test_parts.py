"""Some tables of a database are read as they are read with all of it, and without all of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from hypothesis import given, settings

from flaskmig.dialects.sqlite.catalog import read_database
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.order import order
from flaskmig.schema import QualifiedName, Schema
from tests.growth import growth
from tests.laws.strategies import schemas
from tests.sqlite.support import dialect

ODD = """
CREATE TABLE Parent (Id INTEGER PRIMARY KEY, Code TEXT UNIQUE);
CREATE TABLE child (
    id INTEGER PRIMARY KEY, up INTEGER REFERENCES PARENT, code TEXT REFERENCES parent (CODE),
    gone INTEGER REFERENCES nowhere (id), own INTEGER REFERENCES child
);
CREATE TABLE "É" (id INTEGER PRIMARY KEY, up INTEGER REFERENCES "é");
CREATE TABLE "é" (key INTEGER PRIMARY KEY);
CREATE TABLE notes_content (id INTEGER PRIMARY KEY);
CREATE TABLE sqlitelike (id INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE found USING fts5(body);
CREATE INDEX ix_child_up ON CHILD (up);
CREATE UNIQUE INDEX ix_parent ON parent (lower(code)) WHERE id > 0;
CREATE VIEW names AS SELECT p.*, c.id AS child FROM parent p JOIN CHILD c ON c.up = p.id;
CREATE VIEW of_names AS SELECT * FROM names;
CREATE TRIGGER kept AFTER INSERT ON child BEGIN UPDATE parent SET code = 'x'; END;
CREATE TRIGGER instead INSTEAD OF INSERT ON names BEGIN SELECT 1; END;
CREATE TEMP TRIGGER passing AFTER DELETE ON parent BEGIN SELECT 1; END;
"""


def test_odd_tables_are_read_alike() -> None:
    """Names in any case, virtual tables and their parts, views and triggers are as in the whole."""
    with closing(sqlite3.connect(":memory:")) as raw:
        raw.executescript(ODD)
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master")]
        require_alike(raw, [*names, "PARENT", "found_data", "found", "absent"])


@given(schemas("sqlite"))
@settings(max_examples=60)
def test_tables_are_read_alike(schema: Schema) -> None:
    """Each table and view of a database, read by itself, is what it is in the whole database."""
    with closing(sqlite3.connect(":memory:")) as raw:
        for statement in dialect.statements(order(compare(Schema(), schema)), Schema()):
            raw.execute(statement.sql)
        tables = [table.name.name for table in schema.tables]
        require_alike(raw, [*tables, *(view.name.name for view in schema.views)])


def test_one_table_is_read_in_work_that_does_not_grow() -> None:
    """However many other tables there are, they are not gone through here to read one."""

    def work(size: int) -> Callable[[], object]:
        raw = sqlite3.connect(":memory:")
        for number in range(size):
            raw.execute(f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY, up REFERENCES t0 (id))")
            raw.execute(f"CREATE INDEX ix_{number} ON t{number} (up)")
        read_database(raw, only=[QualifiedName("t5")])
        return lambda: read_database(raw, only=[QualifiedName("t5")])

    assert growth(work, 50) < 1.2


def require_alike(raw: sqlite3.Connection, names: list[str]) -> None:
    """Raise AssertionError where a table, a view or a pair of them is not read as in the whole."""
    whole = read_database(raw)
    for place, name in enumerate(names):
        only = [QualifiedName(name), QualifiedName(names[place - 1])]
        for wanted in (only[:1], only):
            found = read_database(raw, only=wanted)
            keys = {lower(each) for each in wanted}
            assert found.tables == tuple(t for t in whole.tables if lower(t.name) in keys)
            assert [t.triggers for t in found.tables] == [
                whole.table(t.name).triggers for t in found.tables
            ]
            assert [t.sql for t in found.tables] == [whole.table(t.name).sql for t in found.tables]
            views = [view for view in whole.views if lower(view.name) in keys]
            assert [*found.views] == views
            assert [view.uses for view in found.views] == [view.uses for view in views]
            assert found.triggers == tuple(t for t in whole.triggers if lower(t.table) in keys)


def lower(name: QualifiedName) -> str:
    """The name with the letters that SQLite takes for small ones made small."""
    return "".join(each.lower() if each.isascii() else each for each in name.name)
