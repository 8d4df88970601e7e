"""Revisions that are cut at what cannot be in a transaction, and cut off there."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig.engine.records.journal_table import TABLE
from flaskmig.errors import ExecutionError, InterruptedRevisionError, UnsupportedOperationError
from tests.execute.chain import Chain

CREATE = 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))\n'
BLOCK = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))
op.execute("INSERT INTO t (id) VALUES (1)")
with op.get_context().autocommit_block():
    op.execute("VACUUM")
op.add_column("t", sa.Column("c", sa.Text()))
op.execute("INSERT INTO t (id, c) VALUES (2, 'x')")
"""


def states(chain: Chain) -> list[Any]:
    return chain.query(f"SELECT ordinal, state FROM {TABLE} WHERE revision = 'a1' ORDER BY 1")


def test_autocommit_block(chain: Chain) -> None:
    """What is in an autocommit block runs outside of a transaction, the rest in parts around it."""
    chain.add("a1", BLOCK)
    chain.upgrade()
    assert chain.query("SELECT id, c FROM t ORDER BY 1") == [(1, None), (2, "x")]
    assert chain.rows() == {"a1"}
    assert states(chain) == [(0, "done"), (1, "done"), (2, "done"), (3, "done")]


def test_failure_after_a_cut_is_resumed(chain: Chain) -> None:
    """What is committed before a failure stays and is not run again once the file goes on."""
    chain.add("a1", BLOCK + 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(ExecutionError) as caught:
        chain.upgrade()
    assert "goes on from there" in caught.value.hint
    assert chain.rows() == frozenset()
    assert chain.query("SELECT id FROM t") == [(1,)]
    assert chain.columns("t") == ["id"]
    with chain.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE nowhere (a INTEGER)")
    chain.upgrade()
    assert chain.query("SELECT id FROM t ORDER BY 1") == [(1,), (2,)]
    assert chain.query("SELECT a FROM nowhere") == [(1,)]
    assert chain.rows() == {"a1"}


def test_sqlite_block_stays_in_the_transaction(sqlite_chain: Chain) -> None:
    """An autocommit block on SQLite cuts only where a statement cannot be in a transaction."""
    chain = sqlite_chain
    chain.add("a1", BLOCK.replace("VACUUM", "UPDATE t SET id = 9") + 'op.execute("nonsense")')
    with pytest.raises(ExecutionError):
        chain.upgrade()
    assert chain.tables() == set()


def test_changed_file_is_not_resumed(chain: Chain) -> None:
    """A revision whose file was changed after it was cut off is left to a person."""
    path = chain.add("a1", BLOCK + 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(ExecutionError):
        chain.upgrade()
    path.write_text(path.read_text().replace("nowhere", "t"))
    with pytest.raises(InterruptedRevisionError, match=r"a1 .* file was changed"):
        chain.upgrade()


def test_reading_before_the_cut_is_not_resumed(postgresql_chain: Chain) -> None:
    """A revision that reads the database before its last finished statement is not guessed at."""
    chain = postgresql_chain
    read = 'n = op.get_bind().execute(sa.text("SELECT 1")).scalar()\n'
    chain.add("a1", CREATE + read + BLOCK.replace('"t"', '"u"') + 'op.execute("nonsense")')
    with pytest.raises(ExecutionError):
        chain.upgrade()
    with pytest.raises(InterruptedRevisionError, match="reads the database"):
        chain.upgrade()


def test_another_revision_waits_for_the_unfinished_one(chain: Chain) -> None:
    """Nothing else runs while a revision is half done."""
    chain.add("a0", CREATE.replace('"t"', '"first"'), 'op.drop_table("first")')
    chain.add("a1", BLOCK + 'op.execute("nonsense")')
    with pytest.raises(ExecutionError):
        chain.upgrade()
    with pytest.raises(InterruptedRevisionError, match="a1 was cut off"):
        chain.downgrade()
    assert "first" in chain.tables()


def test_callers_transaction_is_not_cut(postgresql_chain: Chain) -> None:
    """A revision that must be cut is refused in the caller's transaction."""
    chain = postgresql_chain
    chain.add("a1", BLOCK)
    with chain.engine.connect() as connection, connection.begin() as transaction:
        with pytest.raises(UnsupportedOperationError, match="caller's"):
            chain.upgrade(connection=connection)
        transaction.rollback()
    assert chain.tables() == set()


def test_callers_transaction(postgresql_chain: Chain) -> None:
    """In the caller's open transaction a revision runs, and the caller decides whether it stays."""
    chain = postgresql_chain
    chain.add("a1", CREATE)
    with chain.engine.connect() as connection, connection.begin() as transaction:
        chain.upgrade(connection=connection)
        assert sa.inspect(connection).has_table("t")
        transaction.rollback()
    assert chain.tables() == set()


def test_concurrent_index_that_failed_is_made_again(postgresql_chain: Chain) -> None:
    """The invalid index that a failed CREATE INDEX CONCURRENTLY leaves is cleared away."""
    chain = postgresql_chain
    chain.add(
        "a1",
        """
        op.create_table("t", sa.Column("n", sa.Integer()))
        op.execute("INSERT INTO t VALUES (1), (1)")
        op.create_index("t_n", "t", ["n"], unique=True, postgresql_concurrently=True)
        """,
    )
    with pytest.raises(ExecutionError):
        chain.upgrade()
    with chain.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM t")
    chain.upgrade()
    assert chain.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_n'::regclass") == [
        (True,)
    ]
