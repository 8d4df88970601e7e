"""Foreign keys that a SQLite application enforces, in revisions that write rows by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from flaskmig.errors import OperationError
from tests.execute.chain import Chain
from tests.sqlite.support import engine_of

TABLES = """
op.create_table("p", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("c", sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("p", sa.Integer(), sa.ForeignKey("p.id", ondelete="CASCADE")))
op.execute("INSERT INTO p VALUES (1), (2)")
op.execute("INSERT INTO c VALUES (1, 1), (2, 2)")
"""
ROWS = [(1, 1), (2, 2)]


@pytest.fixture
def enforcing(tmp_path: Path) -> Chain:
    """A chain on a file whose application turns foreign keys on, with a parent and a child."""
    chain = Chain(tmp_path / "migrations", engine_of(tmp_path / "app.db"))
    chain.add("a1", TABLES)
    chain.upgrade()
    return chain


@pytest.mark.parametrize(
    "body",
    [
        'op.execute("DELETE FROM p WHERE id = 1")',
        'op.execute("INSERT INTO c VALUES (9, 99)")',
        'op.bulk_insert(sa.table("c", sa.column("id"), sa.column("p")), [{"id": 9, "p": 99}])',
        'op.get_bind().execute(sa.text("UPDATE c SET p = 99 WHERE id = 1"))',
        "from sqlalchemy.orm import Session\nwith Session(op.get_bind()) as session:\n"
        '    session.execute(sa.text("DELETE FROM p")); session.commit()',
        'op.execute("/* all */ WITH gone AS (SELECT 1 AS id) DELETE FROM p WHERE id IN gone")',
        'op.alter_column("c", "p", existing_type=sa.Integer(), nullable=False)\n'
        'op.execute("DELETE FROM p WHERE id = 1")',
    ],
)
def test_rows_that_break_a_foreign_key(enforcing: Chain, body: str) -> None:
    """A revision after which a row refers to nothing is undone, where the application would too."""
    enforcing.add("b2", body)
    with pytest.raises(
        OperationError, match=r"row.* of table c would point at rows of p"
    ) as caught:
        enforcing.upgrade()
    assert "ON DELETE" in caught.value.hint
    assert enforcing.rows() == {"a1"}
    assert enforcing.query("SELECT * FROM c") == ROWS
    assert enforcing.query("SELECT count(*) FROM p") == [(2,)]


def test_rows_in_any_order(enforcing: Chain) -> None:
    """Only the end counts: children may be written before their parents."""
    enforcing.add(
        "b2", 'op.execute("INSERT INTO c VALUES (3, 3)")\nop.execute("INSERT INTO p VALUES (3)")'
    )
    enforcing.upgrade()
    assert enforcing.query("SELECT * FROM c") == [*ROWS, (3, 3)]


def test_children_that_get_another_parent_afterwards(enforcing: Chain) -> None:
    """Only the end counts: no cascade takes the children of a parent that is gone before them."""
    enforcing.add(
        "b2", 'op.execute("DELETE FROM p WHERE id = 2")\nop.execute("UPDATE c SET p = 1")'
    )
    enforcing.upgrade()
    assert enforcing.query("SELECT * FROM c") == [(1, 1), (2, 1)]


def test_what_was_broken_before_stops_nothing(enforcing: Chain) -> None:
    """Rows that referred to nothing before a revision are not its business."""
    with enforcing.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("INSERT INTO c VALUES (9, 99)")
        connection.commit()
    enforcing.engine.dispose()
    enforcing.add("b2", 'op.execute("INSERT INTO c VALUES (10, 2)")')
    enforcing.upgrade()
    enforcing.add("c3", 'op.execute("INSERT INTO c VALUES (11, 99)")')
    with pytest.raises(OperationError, match="1 row of table c"):
        enforcing.upgrade()


def test_an_application_that_does_not_enforce_them(sqlite_chain: Chain) -> None:
    """Where the application leaves foreign keys off, a revision may break them as it may."""
    sqlite_chain.add("a1", TABLES)
    sqlite_chain.add("b2", 'op.execute("DELETE FROM p WHERE id = 1")')
    sqlite_chain.upgrade()
    assert sqlite_chain.query("SELECT * FROM c") == ROWS
