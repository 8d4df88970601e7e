"""Revisions that are cut at what cannot be in a transaction, and cut off there."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig.engine.records.journal import TABLE
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
CUT = """
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.Integer()))
op.execute("INSERT INTO t (id) VALUES (1)")
op.create_index("t_n", "t", ["n"], postgresql_concurrently=True)
op.add_column("t", sa.Column("c", sa.Text()))
op.execute("INSERT INTO t (id, c) VALUES (2, 'x')")
op.drop_index("t_n", "t", postgresql_concurrently=True)
op.execute("UPDATE t SET n = id")
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


def test_failure_after_a_cut_is_resumed(postgresql_chain: Chain) -> None:
    """What is committed before a failure stays and is not run again once the file goes on."""
    chain = postgresql_chain
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


def test_sqlite_rebuild_before_a_cut_is_not_guessed_at(sqlite_chain: Chain) -> None:
    """On SQLite the SQL of an operation follows from the table as it was, so nobody goes on."""
    chain = sqlite_chain
    chain.add("a1", BLOCK + 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(ExecutionError):
        chain.upgrade()
    with pytest.raises(InterruptedRevisionError, match="a1 was cut off"):
        chain.upgrade()
    assert chain.query("SELECT id FROM t") == [(1,)]


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


def in_child(chain: Chain, work: Callable[[], object], dies_at: int) -> bool:
    """Do work in a child process that dies before its n-th statement; whether it came so far."""
    pid = os.fork()
    if pid == 0:
        chain.engine = sa.create_engine(chain.engine.url)
        count = 0

        def die(*_: object) -> None:
            nonlocal count
            count += 1
            if count == dies_at:
                os._exit(9)

        sa.event.listen(chain.engine, "before_cursor_execute", die)
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9), "the child failed by itself"
    return code == 9


def test_killed_at_every_statement(postgresql_chain: Chain) -> None:
    """Whichever statement a process dies at, running again reaches the same end once."""
    chain = postgresql_chain
    chain.add("a1", CUT)
    chain.add("b2", 'op.execute("INSERT INTO t (id) VALUES (3)")')
    dies_at = 0
    crashed = True
    while crashed:
        dies_at += 1
        with chain.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        chain.engine.dispose()
        crashed = in_child(chain, chain.upgrade, dies_at)
        chain.upgrade()
        assert chain.query("SELECT id, n, c FROM t ORDER BY 1") == [
            (1, 1, None),
            (2, 2, "x"),
            (3, None, None),
        ], f"after dying at statement {dies_at}"
        assert chain.rows() == {"b2"}
        assert chain.query(
            "SELECT indexrelid::regclass::text, indisvalid FROM pg_index "
            "WHERE indrelid = 't'::regclass ORDER BY 1"
        ) == [("t_pkey", True)]
        assert chain.query(f"SELECT state FROM {TABLE} WHERE state <> 'done'") == []
    assert dies_at > 30


def test_sqlite_killed_at_every_statement(sqlite_chain: Chain) -> None:
    """On SQLite a process that dies leaves the old database or the new one, and nothing between."""
    chain = sqlite_chain
    chain.add("a1", CREATE + 'op.execute("INSERT INTO t VALUES (1)")')
    chain.upgrade()
    chain.add(
        "b2",
        """
        op.add_column("t", sa.Column("n", sa.Integer(), nullable=False, server_default="5"))
        op.create_check_constraint("positive", "t", "n > 0")
        op.execute("INSERT INTO t (id, n) VALUES (2, 7)")
        """,
        'op.drop_constraint("positive", "t", type_="check")\nop.drop_column("t", "n")\n'
        'op.execute("DELETE FROM t WHERE id = 2")',
    )
    dies_at = 0
    crashed = True
    while crashed:
        dies_at += 1
        chain.engine.dispose()
        crashed = in_child(chain, chain.upgrade, dies_at)
        if chain.rows() == {"a1"}:
            assert chain.columns("t") == ["id"]
            assert chain.query("SELECT * FROM t") == [(1,)]
        chain.upgrade()
        assert chain.query("SELECT id, n FROM t ORDER BY 1") == [(1, 5), (2, 7)]
        chain.downgrade("a1")
        assert chain.query("SELECT * FROM t") == [(1,)]
    assert dies_at > 8
