"""Upgrades through a pooler that gives each transaction another backend."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from flaskmig.dialects.postgresql.lock import lock_key
from flaskmig.errors import LockTimeoutError, UnsupportedOperationError
from tests.execute.chain import Chain
from tests.faults.pooler import Pooler, pooler_to
from tests.faults.scripts import CREATE
from tests.postgres import Server

LEFT = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
SETTINGS = ("lock_timeout", "statement_timeout", "application_name", "standard_conforming_strings")


@pytest.fixture
def pooler(postgresql_server: Server, postgresql_engine: sa.Engine) -> Iterator[Pooler]:
    database = postgresql_engine.url.database
    assert database
    with pooler_to(postgresql_server.port, database, backends=3) as found:
        yield found


@pytest.fixture
def chain(tmp_path: Path, postgresql_engine: sa.Engine, pooler: Pooler) -> Chain:
    """A project that reaches its database through the pooler."""
    query = {"sslmode": "disable", "gssencmode": "disable"}
    url = postgresql_engine.url.set(port=pooler.port, query=query)
    return Chain(tmp_path / "migrations", sa.create_engine(url, poolclass=NullPool))


def add_revisions(chain: Chain, count: int) -> None:
    chain.add("r0", CREATE)
    for number in range(1, count):
        chain.add(f"r{number}", f'op.execute("INSERT INTO t VALUES ({number + 2}, {number})")')


def test_upgraders_behind_a_pooler_take_turns(chain: Chain, pooler: Pooler) -> None:
    """Each revision is applied once, by one of them, and no backend keeps a lock or a setting."""
    add_revisions(chain, 12)
    before = {name: sorted(pooler.ask(f"SHOW {name}")) for name in SETTINGS}
    applied: list[str] = []
    failed: list[BaseException] = []
    start = threading.Barrier(4)

    def upgrade() -> None:
        mine = Chain(chain.folder, chain.engine)
        steps = mine.steps("head")
        start.wait(60)
        try:
            applied.extend(step.revision for step in mine.run(steps))
        except BaseException as error:
            failed.append(error)

    upgraders = [threading.Thread(target=upgrade) for _ in range(4)]
    for each in upgraders:
        each.start()
    for each in upgraders:
        each.join(120)
    assert failed == []
    assert sorted(applied) == sorted(f"r{number}" for number in range(12))
    assert chain.query("SELECT count(*) FROM t") == [(13,)]
    assert pooler.ask(LEFT) == ["0", "0", "0"]
    assert {name: sorted(pooler.ask(f"SHOW {name}")) for name in SETTINGS} == before


def test_one_who_waits_behind_a_pooler_keeps_no_backend(chain: Chain, pooler: Pooler) -> None:
    """A wait for the lock is many short transactions, and says who has it."""
    add_revisions(chain, 1)
    chain.options = type(chain.options)(lock_wait=1.0)
    steps = chain.steps("head")
    with chain.engine.connect() as holder:
        holder.exec_driver_sql("SELECT pg_advisory_xact_lock(%(key)s)", {"key": key(chain)})
        before = pooler.transactions
        with pytest.raises(LockTimeoutError, match="pid"):
            chain.run(steps)
        assert pooler.transactions > before + 3
        assert holder.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is None


def key(chain: Chain) -> int:
    with chain.engine.connect() as connection:
        return lock_key(chain.history(connection).lock_key)


BLOCK = """
with op.get_context().autocommit_block():
    op.execute("VACUUM t")
"""
INDEX = 'op.create_index("t_n", "t", ["n"], postgresql_concurrently=True)'


@pytest.mark.parametrize("outside", [BLOCK, INDEX])
def test_what_needs_a_session_is_refused_behind_a_pooler(
    chain: Chain, pooler: Pooler, outside: str
) -> None:
    """What cannot be in a transaction is refused, before anything of its revision is kept."""
    add_revisions(chain, 1)
    chain.add("i1", 'op.execute("INSERT INTO t VALUES (9, 9)")\n' + outside)
    with pytest.raises(UnsupportedOperationError, match="pooler") as caught:
        chain.upgrade()
    assert "connect to the server itself" in caught.value.hint
    assert chain.rows() == {"r0"}
    assert chain.query("SELECT to_regclass('t_n')::text, count(*) FROM t") == [(None, 2)]
    assert chain.query("SELECT count(*) FROM flaskmig_journal WHERE state <> 'done'") == [(0,)]
    assert pooler.ask(LEFT) == ["0", "0", "0"]
