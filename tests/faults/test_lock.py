"""The lock: who has it, who waits for it and is told so, and what it is taken before."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig.dialects.postgresql.lock import lock_key
from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Options
from flaskmig.engine.migrating.events import LockAwaited
from flaskmig.errors import LockTimeoutError
from tests.execute.chain import Chain
from tests.faults.holding import KEY, held
from tests.faults.scripts import CREATE

DEADLINE = 60.0
# Which of the backends with the lock is the one that asks.
IS_MINE = """
op.execute(
    "INSERT INTO seen SELECT pid = pg_backend_pid() FROM pg_locks "
    "WHERE locktype = 'advisory' AND granted"
)
"""


@pytest.fixture
def chain(tmp_path: Path, engine: sa.Engine) -> Chain:
    return Chain(tmp_path / "migrations", engine)


@pytest.fixture
def postgresql_chain(tmp_path: Path, postgresql_engine: sa.Engine) -> Chain:
    return Chain(tmp_path / "migrations", postgresql_engine)


def test_the_session_that_runs_a_revision_has_the_lock(postgresql_chain: Chain) -> None:
    """In and between transactions the lock is the running session's own, and at the end nobody's.

    On another connection it would be let go when that one is lost, while the revision goes on.
    """
    chain = postgresql_chain
    chain.add("a1", 'op.execute("CREATE TABLE seen (is_mine boolean)")' + IS_MINE)
    block = 'with op.get_context().autocommit_block():\n    op.execute("SELECT 1")\n'
    chain.add("b2", block + IS_MINE)
    chain.upgrade()
    assert chain.query("SELECT is_mine FROM seen") == [(True,), (True,)]
    assert chain.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [(0,)]


def test_nothing_is_made_before_the_lock_is_had(chain: Chain) -> None:
    """Who does not get the lock in time has made no table, not even the version table."""
    chain.add("a1", CREATE)
    chain.options = Options(lock_wait=0.3)
    with held(chain.engine) as holder, pytest.raises(LockTimeoutError) as caught:
        chain.upgrade()
    assert holder in caught.value.holder
    assert "--lock-wait" in caught.value.hint
    assert chain.tables() == set()
    chain.upgrade()
    assert chain.rows() == {"a1"}


def test_the_lock_is_asked_for_before_the_database_is_read(postgresql_chain: Chain) -> None:
    """What a run goes by is read under the lock: the version table, and whether it is there."""
    chain = postgresql_chain
    chain.add("a1", CREATE)
    steps = chain.steps("head")
    said: list[str] = []

    def note(connection: Any, cursor: Any, sql: str, *_: Any) -> None:
        said.append(sql)

    sa.event.listen(chain.engine, "before_cursor_execute", note)
    chain.run(steps)
    [locked] = [n for n, sql in enumerate(said) if "pg_try_advisory_lock" in sql]
    reads = [n for n, sql in enumerate(said) if "pg_class" in sql or "alembic_version" in sql]
    makes = [n for n, sql in enumerate(said) if sql.lstrip().startswith(("CREATE", "INSERT"))]
    assert locked < min(reads) < min(makes)
    assert said[-1].startswith("SELECT pg_catalog.pg_advisory_unlock")


def test_waiting_is_told_and_ends_with_the_lock(chain: Chain) -> None:
    """Who waits is told of it, on PostgreSQL with who has the lock, and goes on when it is free."""
    chain.add("a1", CREATE)
    chain.events.clear()
    steps = chain.steps("head")
    done: list[Any] = []
    waiter = threading.Thread(target=lambda: done.append(chain.run(steps)))
    with held(chain.engine) as holder:
        waiter.start()
        deadline = time.monotonic() + DEADLINE
        while not chain.events and time.monotonic() < deadline:
            time.sleep(0.01)
        [event] = chain.events
        assert isinstance(event, LockAwaited)
        assert holder in event.holder
        assert done == []
    waiter.join(DEADLINE)
    assert [step.revision for step in done[0]] == ["a1"]
    assert sum(isinstance(event, LockAwaited) for event in chain.events) == 1


def test_a_new_holder_is_told_too(postgresql_chain: Chain) -> None:
    """Where the lock goes to another than the one who waits, that one is named as well."""
    chain = postgresql_chain
    chain.add("a1", CREATE)
    steps = chain.steps("head")
    told: list[LockAwaited] = []

    def wait_for(count: int) -> None:
        deadline = time.monotonic() + DEADLINE
        while len(told) < count and time.monotonic() < deadline:
            told[:] = [event for event in chain.events if isinstance(event, LockAwaited)]
            time.sleep(0.01)
        assert len(told) == count

    number = lock_key(KEY)
    with chain.engine.connect() as first, chain.engine.connect() as second:
        first.exec_driver_sql("SELECT pg_advisory_lock(%(key)s)", {"key": number})
        first.commit()
        waiter = threading.Thread(target=lambda: chain.run(steps))
        waiter.start()
        wait_for(1)
        # It stands in line on the server, and is served at once; who polls comes later.
        take = threading.Thread(
            target=lambda: second.exec_driver_sql(
                "SELECT pg_advisory_lock(%(key)s)", {"key": number}
            )
        )
        take.start()
        in_line = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        while chain.query(in_line) == [(0,)]:
            time.sleep(0.01)
        first.exec_driver_sql("SELECT pg_advisory_unlock(%(key)s)", {"key": number})
        take.join(DEADLINE)
        wait_for(2)
        second.exec_driver_sql("SELECT pg_advisory_unlock(%(key)s)", {"key": number})
        waiter.join(DEADLINE)
    assert told[0].holder != told[1].holder
    assert chain.rows() == {"a1"}


def test_stamp_waits_as_well(postgresql_chain: Chain) -> None:
    """A command that runs no revision takes the same lock, and says for whom it waits."""
    chain = postgresql_chain
    chain.add("a1", CREATE)
    events: list[Any] = []
    with held(chain.engine) as holder, pytest.raises(LockTimeoutError):
        commands.stamp(chain.project.waiting(lock_wait=0.2), notify=events.append)
    assert [type(event) for event in events] == [LockAwaited]
    assert holder in events[0].holder
    assert chain.rows() == frozenset()


def test_search_path_of_one_revision_is_not_the_next_ones(postgresql_chain: Chain) -> None:
    """A revision that empties search_path, as scripts of pg_dump do, changes no other's place."""
    chain = postgresql_chain
    dumped = "op.execute(\"SELECT pg_catalog.set_config('search_path', '', false)\")\n"
    chain.add("a1", dumped + 'op.execute("CREATE TABLE public.t (id integer)")')
    chain.add("b2", 'op.execute("SET search_path TO pg_temp")\nop.execute("SELECT 1")')
    chain.add("c3", 'op.execute("CREATE TABLE u (id integer)")')
    chain.upgrade()
    where = "SELECT relname, relnamespace::regnamespace::text FROM pg_class WHERE relkind = 'r'"
    found = chain.query(where + " AND relname IN ('t', 'u', 'alembic_version') ORDER BY 1")
    assert found == [("alembic_version", "public"), ("t", "public"), ("u", "public")]
    assert chain.rows() == {"c3"}


def test_foreign_keys_that_a_block_turned_on_are_off_again(tmp_path: Path) -> None:
    """An autocommit block that sets PRAGMA foreign_keys cannot make a rebuild delete children."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'db.sqlite'}")
    chain = Chain(tmp_path / "migrations", engine)
    chain.add(
        "a1",
        """
        op.execute("CREATE TABLE p (id INTEGER PRIMARY KEY, n INTEGER)")
        op.execute("CREATE TABLE c (id INTEGER, p INTEGER REFERENCES p ON DELETE CASCADE)")
        op.execute("INSERT INTO p VALUES (1, 1)")
        op.execute("INSERT INTO c VALUES (1, 1)")
        """,
    )
    chain.add(
        "b2",
        """
        with op.get_context().autocommit_block():
            op.execute("PRAGMA foreign_keys = ON")
        op.alter_column("p", "n", existing_type=sa.Integer(), nullable=False)
        """,
    )
    chain.upgrade()
    assert chain.query("SELECT * FROM c") == [(1, 1)]
    engine.dispose()


def test_a_commit_waits_for_readers(tmp_path: Path) -> None:
    """Where a reader is in SQLite's way at COMMIT, it is tried again until the reader is gone."""
    path = tmp_path / "db.sqlite"
    engine = sa.create_engine(f"sqlite:///{path}")
    chain = Chain(tmp_path / "migrations", engine)
    chain.add("a1", CREATE)
    chain.upgrade()
    chain.add("b2", 'op.execute("UPDATE t SET n = n * 2")')
    steps = chain.steps("head")
    chain.events.clear()
    done: list[Any] = []
    upgrade = threading.Thread(target=lambda: done.append(chain.run(steps)))
    with sqlite3.connect(path, isolation_level=None) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT n FROM t").fetchall() == [(1,), (2,)]
        upgrade.start()
        deadline = time.monotonic() + DEADLINE
        while not any(isinstance(event, LockAwaited) for event in chain.events):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert done == []
        reader.execute("ROLLBACK")
    reader.close()
    upgrade.join(DEADLINE)
    assert [step.revision for step in done[0]] == ["b2"]
    assert chain.query("SELECT n FROM t") == [(2,), (4,)]
    engine.dispose()
