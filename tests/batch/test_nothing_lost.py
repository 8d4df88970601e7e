"""What Alembic's rebuild of a table on SQLite loses or breaks, and ours does not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from tests.batch.databases import two_databases
from tests.batch.judge import begin, by_alembic, by_flaskmig, left

_REBUILD = "with op.batch_alter_table('t') as b:\n    b.alter_column('a', nullable=False)"


@dataclass(frozen=True, slots=True)
class Loss:
    """Tables in which Alembic loses what ``text`` is part of, or at which it fails."""

    name: str
    start: str
    text: str
    fails: bool = False
    body: str = _REBUILD


LOSSES = (
    Loss(
        "a trigger",
        "CREATE TABLE t (a INT); CREATE TABLE log (x);"
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END;",
        "CREATE TRIGGER tr",
    ),
    Loss(
        "a view that reads the table",
        "CREATE TABLE t (a INT); CREATE VIEW v AS SELECT a FROM t;",
        "CREATE VIEW v",
        fails=True,
    ),
    Loss(
        "AUTOINCREMENT",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT);"
        "INSERT INTO t VALUES (7, 1); DELETE FROM t;",
        "AUTOINCREMENT",
    ),
    Loss("a collation", "CREATE TABLE t (a INT, b TEXT COLLATE NOCASE);", "COLLATE NOCASE"),
    Loss("a CHECK without a name", "CREATE TABLE t (a INT, CHECK (a > 0));", "CHECK (a > 0)"),
    Loss(
        "an index on an expression",
        "CREATE TABLE t (a INT); CREATE INDEX i ON t (a + 1);",
        "ON t (a + 1)",
    ),
    Loss(
        "the order and collation in an index",
        "CREATE TABLE t (a INT, b TEXT); CREATE INDEX i ON t (a DESC, b COLLATE NOCASE);",
        "(a DESC, b COLLATE NOCASE)",
    ),
    Loss(
        "a generated column",
        "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL);",
        "AS (a + 1) VIRTUAL",
        fails=True,
    ),
    Loss("what is done on conflict", "CREATE TABLE t (a INT UNIQUE ON CONFLICT IGNORE);", "IGNORE"),
    Loss("a comment", "CREATE TABLE t (a INT, -- what it is\n b INT);", "-- what it is"),
)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_it_is_kept(loss: Loss, tmp_path: Path) -> None:
    """What Alembic loses is there afterwards, and the change is made."""
    with two_databases() as (ours, theirs):
        for engine in (ours, theirs):
            begin(engine, loss.start)
        by_flaskmig(tmp_path, ours, loss.body)
        assert loss.text in _texts(ours)
        assert "NOT NULL" in _texts(ours)
        if loss.fails:
            with pytest.raises(sa.exc.OperationalError):
                by_alembic(theirs, loss.body)
        else:
            by_alembic(theirs, loss.body)
            assert loss.text not in _texts(theirs)


def _texts(engine: Engine) -> str:
    with engine.connect() as connection:
        query = "SELECT sql FROM sqlite_master WHERE tbl_name NOT LIKE '%alembic%' ORDER BY name"
        return "\n".join(sql or "" for sql in connection.exec_driver_sql(query).scalars())


def test_rows_that_refer_to_the_table(tmp_path: Path) -> None:
    """With foreign keys enforced no row of another table goes, where Alembic deletes them."""
    start = "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT); CREATE TABLE child "
    start += "(t_id INTEGER REFERENCES t ON DELETE CASCADE);"
    start += "INSERT INTO t VALUES (1, 2); INSERT INTO child VALUES (1);"
    found = []
    for run in (lambda engine: by_flaskmig(tmp_path, engine, _REBUILD), _by_alembic):
        engine = sa.create_engine("sqlite://", poolclass=StaticPool)
        sa.event.listen(engine, "connect", _enforce)
        begin(engine, start)
        run(engine)
        rows = left(engine)["rows"]
        assert isinstance(rows, dict)
        found.append(rows["child"])
        engine.dispose()
    assert found == [[(1,)], []]


def _by_alembic(engine: Engine) -> None:
    by_alembic(engine, _REBUILD)


def _enforce(raw: object, _: object) -> None:
    raw.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]


def test_a_copy_keeps_what_it_cannot_say(tmp_path: Path) -> None:
    """copy_from takes nothing away that a Table of SQLAlchemy leaves unsaid."""
    start = """
    CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT COLLATE NOCASE) STRICT;
    CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
    """
    body = """
copied = sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer(), primary_key=True),
                  sa.Column("a", sa.Text()))
with op.batch_alter_table("t", copy_from=copied) as b:
    b.alter_column("a", nullable=False)
"""
    with two_databases() as (engine, _):
        begin(engine, start)
        by_flaskmig(tmp_path, engine, body)
        for kept in ("AUTOINCREMENT", "COLLATE NOCASE", "STRICT", "CREATE TRIGGER tr", "NOT NULL"):
            assert kept in _texts(engine)


def test_what_a_copy_takes_away_is_said(tmp_path: Path) -> None:
    """What goes because a copy does not have it is warned of by name."""
    start = "CREATE TABLE t (id INTEGER, a INT, b INT, UNIQUE (b)); CREATE INDEX i ON t (a);"
    body = "with op.batch_alter_table('t', recreate='always', copy_from=sa.Table('t', "
    body += (
        "sa.MetaData(), sa.Column('id', sa.Integer()), sa.Column('b', sa.Integer()))):\n    pass"
    )
    with two_databases() as (engine, _):
        begin(engine, start)
        with pytest.warns(UserWarning, match="copy_from") as said:
            by_flaskmig(tmp_path, engine, body, quiet=False)
        texts = " ".join(str(each.message) for each in said)
        for gone in ("drop column t.a", "unique (b)", "drop index i"):
            assert gone in texts


def test_two_comments_on_a_line(tmp_path: Path) -> None:
    """A column goes with its own comment, and not with the columns that follow on its line."""
    start = "CREATE TABLE t (a INT UNIQUE, /* of a */ b INT, c INT /* of c */\n);"
    with two_databases() as (engine, _):
        begin(engine, start)
        by_flaskmig(
            tmp_path, engine, "with op.batch_alter_table('t') as b:\n    b.drop_column('a')"
        )
        assert left(engine)["columns"] == {"t": ["b", "c"]}
