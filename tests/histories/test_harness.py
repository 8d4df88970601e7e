"""The harness itself: it sees what differs, and nothing of a history stays behind."""

from __future__ import annotations

import importlib
import sys
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.histories import contents, judge, seeds, sqlite_tables
from tests.histories.standing import standing_in
from tests.histories.wheels import Wheel, cache_folder
from tests.postgres import Server

SAME = (
    (
        "CREATE TABLE t (a INTEGER NOT NULL PRIMARY KEY, b TEXT DEFAULT 'x' UNIQUE)",
        'create table "t" ("a" integer, b text default (\'x\'), unique (b), primary key (a asc))',
    ),
    (
        "CREATE TABLE t (a INT REFERENCES u (id) ON UPDATE CASCADE ON DELETE SET NULL)",
        "CREATE TABLE t (a INT, -- a word\n FOREIGN KEY(a) REFERENCES u(id) "
        "ON DELETE SET NULL ON UPDATE CASCADE NOT DEFERRABLE)",
    ),
    (
        "CREATE TABLE t (a INT CONSTRAINT c CHECK ((a > 0)), b INT GENERATED ALWAYS AS (a) STORED)",
        "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a) STORED, CONSTRAINT c CHECK (a > 0))",
    ),
)
DIFFERENT = (
    ("CREATE TABLE t (a INTEGER PRIMARY KEY)", "CREATE TABLE t (a INTEGER PRIMARY KEY DESC)"),
    (
        "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY)",
    ),
    ("CREATE TABLE t (a INT NOT NULL)", "CREATE TABLE t (a INT)"),
    ("CREATE TABLE t (a TEXT DEFAULT 'x')", "CREATE TABLE t (a TEXT DEFAULT 'X')"),
    ("CREATE TABLE t (a TEXT COLLATE NOCASE)", "CREATE TABLE t (a TEXT)"),
    ("CREATE TABLE t (a INT, b INT)", "CREATE TABLE t (b INT, a INT)"),
    ("CREATE TABLE t (a INT) STRICT", "CREATE TABLE t (a INT)"),
    ("CREATE TABLE t (a INT, CONSTRAINT c UNIQUE (a))", "CREATE TABLE t (a INT, UNIQUE (a))"),
    ("CREATE TABLE t (a INT, CHECK (a > 0))", "CREATE TABLE t (a INT)"),
    (
        "CREATE TABLE t (a INT REFERENCES u (id) ON DELETE CASCADE)",
        "CREATE TABLE t (a INT REFERENCES u (id) ON UPDATE CASCADE)",
    ),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_texts_of_one_table(one: str, other: str) -> None:
    """Two texts that make the same table are equal, and SQLite accepts both."""
    assert sqlite_tables.table(one) == sqlite_tables.table(other)
    for text in (one, other):
        with sa.create_engine("sqlite://").connect() as connection:
            connection.exec_driver_sql(text)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_texts_of_two_tables(one: str, other: str) -> None:
    """Texts that make different tables are not equal."""
    assert sqlite_tables.table(one) != sqlite_tables.table(other)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE users ADD COLUMN age INTEGER",
        "CREATE INDEX by_name ON users (name)",
        "DROP TABLE logs",
        "UPDATE users SET name = 'Ada' WHERE id = 2",
        "DELETE FROM users WHERE id = 1",
        "INSERT INTO logs VALUES (9, 'said')",
        "UPDATE users SET seen = NULL WHERE id = 2",
        "UPDATE users SET seen = 'x' WHERE id = 2",
    ],
)
def test_planted_difference(engine: sa.Engine, postgresql_server: Server, change: str) -> None:
    """A change of one table or one row is a difference, also in a column of moments."""

    def look() -> tuple[contents.SchemaParts, contents.Rows]:
        return contents.schema_of(engine, postgresql_server), contents.rows_of(engine)

    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE users (id INTEGER, name TEXT, seen TEXT)")
        connection.exec_driver_sql("CREATE TABLE logs (id INTEGER, said TEXT)")
        for number in (1, 2):
            row = f"({number}, 'name {number}', '2024-02-0{number}')"
            connection.exec_driver_sql(f"INSERT INTO users VALUES {row}")
    schema, rows = look()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE users SET seen = '2025-' || substr(seen, 6)")
    _, again = look()
    assert not [*judge.row_differences(rows, again, again)]
    with engine.begin() as connection:
        connection.exec_driver_sql(change)
    other_schema, other_rows = look()
    found = [*judge.schema_differences(schema, other_schema)]
    found += judge.row_differences(rows, other_rows, again)
    assert found


def test_seeds(engine: sa.Engine, tmp_path: Path) -> None:
    """Rows go into every table that takes them, children after their parents."""
    metadata = sa.MetaData()
    sa.Table("a_child", metadata, sa.Column("parent", sa.ForeignKey("parent.id"), nullable=False))
    sa.Table(
        "parent",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(9), sa.CheckConstraint("kind IN ('small', 'big')")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
    )
    sa.Table("none", metadata, sa.Column("n", sa.Integer, sa.CheckConstraint("n > 100")))
    metadata.create_all(engine)
    sown = seeds.sow(engine, [1, 2], (), {}, set())
    assert [taken for name, _, taken in sown if name == "none"] == [False, False]
    rows = contents.rows_of(engine)
    assert len(rows["parent"]) == len(rows["a_child"]) == 2
    metadata.drop_all(engine)
    metadata.create_all(engine)
    assert not [*seeds.sow_again(engine, sown)]
    assert contents.rows_of(engine) == rows


def test_stand_ins_are_gone(tmp_path: Path) -> None:
    """Modules of a history can be imported while it runs, and neither before nor after."""
    (tmp_path / "stall").mkdir()
    (tmp_path / "stall" / "prices.py").write_text("from stall.money import UNIT\nPRICE = 3\n")
    with standing_in({"stall.money": {"UNIT": "euro"}}, tmp_path, ["stall.prices"]):
        prices = importlib.import_module("stall.prices")
        assert (prices.UNIT, prices.PRICE) == ("euro", 3)
    assert not [name for name in sys.modules if name.partition(".")[0] == "stall"]
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("stall.prices")


def test_wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read of a wheel is not downloaded again, and other files of it are."""
    monkeypatch.setenv("FLASKMIG_HISTORIES", str(tmp_path / "cache"))
    assert cache_folder() == tmp_path / "cache"
    asked: list[Wheel] = []

    def download(wheel: Wheel, scratch: Path) -> Path:
        asked.append(wheel)
        archive = scratch / "stall.whl"
        with zipfile.ZipFile(archive, "w") as made:
            made.writestr("shop/versions/a1.py", "revision = 'a1'")
            made.writestr("shop/secret.py", "")
        return archive

    monkeypatch.setattr("tests.histories.wheels._download", download)
    wheel = Wheel(name="stall", version="1", sha256="0" * 64, files=("shop/versions/*",))
    found = [path.name for path in wheel.folder().rglob("*.py")]
    assert (found, wheel.folder(), len(asked)) == (["a1.py"], wheel.folder(), 1)
    more = Wheel(name="stall", version="1", sha256="0" * 64, files=("shop/*",))
    assert len([*more.folder().rglob("*.py")]) == len(asked) == 2
