"""Which errors of a database make a whole revision run again, how often, and which do not."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig.engine.executing.execute import TRIES
from flaskmig.engine.migrating.events import RevisionRetried
from flaskmig.errors import ExecutionError
from tests.execute.chain import Chain

# A sequence counts on through a rollback, so it knows how often the revision was tried.
REFUSES = """
op.execute('''
    DO $$ BEGIN
      IF nextval('tries') < {until} THEN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END IF;
    END $$
''')
"""
INSERT = 'op.execute("INSERT INTO t VALUES (1)")\n'
CUT = """
with op.get_context().autocommit_block():
    op.execute("VACUUM t")
"""
RETRIED = {"lock_not_available": "55P03", "deadlock": "40P01", "serialization": "40001"}
FOREVER = 99


@pytest.fixture
def chain(tmp_path: Path, postgresql_engine: sa.Engine) -> Chain:
    found = Chain(tmp_path / "migrations", postgresql_engine)
    found.add("a1", 'op.execute("CREATE TABLE t (n integer)")\nop.execute("CREATE SEQUENCE tries")')
    found.upgrade()
    return found


def tries(chain: Chain) -> int:
    [(last,)] = chain.query("SELECT last_value FROM tries")
    return int(last)


@pytest.mark.parametrize("state", RETRIED.values(), ids=list(RETRIED))
def test_what_gave_way_is_run_again_as_a_whole(chain: Chain, state: str) -> None:
    """A revision that the database undid for somebody else's sake runs again, and counts once."""
    chain.add("b2", INSERT + REFUSES.format(until=3, state=state) + INSERT)
    chain.upgrade()
    assert tries(chain) == 3
    assert chain.query("SELECT count(*) FROM t") == [(2,)]
    assert sum(isinstance(event, RevisionRetried) for event in chain.events) == 2
    assert chain.query("SELECT count(*) FROM flaskmig_journal WHERE revision = 'b2'") == [(1,)]


def test_there_is_a_limit(chain: Chain) -> None:
    """What gives way every time fails in the end, with nothing kept."""
    chain.add("b2", INSERT + REFUSES.format(until=FOREVER, state="40P01"))
    with pytest.raises(ExecutionError) as caught:
        chain.upgrade()
    assert tries(chain) == TRIES
    assert caught.value.database_at == ("a1",)
    assert chain.query("SELECT count(*) FROM t") == [(0,)]


@pytest.mark.parametrize("state", ["23505", "57014", "53100", "42P01"])
def test_other_errors_are_not_tried_again(chain: Chain, state: str) -> None:
    """What would fail again, or was stopped on purpose, is run once."""
    chain.add("b2", INSERT + REFUSES.format(until=FOREVER, state=state))
    with pytest.raises(ExecutionError):
        chain.upgrade()
    assert tries(chain) == 1
    assert chain.query("SELECT count(*) FROM t") == [(0,)]


def test_what_is_committed_in_part_is_not_run_again(chain: Chain) -> None:
    """After a cut the run stops; the next one goes on after what is committed."""
    chain.add("b2", INSERT + CUT + REFUSES.format(until=2, state="40P01") + INSERT)
    with pytest.raises(ExecutionError) as caught:
        chain.upgrade()
    assert "goes on from there" in caught.value.hint
    assert (tries(chain), chain.query("SELECT count(*) FROM t")) == (1, [(1,)])
    chain.upgrade()
    assert (tries(chain), chain.query("SELECT count(*) FROM t")) == (2, [(2,)])


def test_the_callers_transaction_is_not_run_again(chain: Chain) -> None:
    """In the caller's transaction the error is the caller's: it may have done more in it."""
    chain.add("b2", INSERT + REFUSES.format(until=FOREVER, state="40001"))
    steps = chain.steps("head")
    with chain.engine.connect() as connection, connection.begin() as transaction:
        connection.exec_driver_sql("INSERT INTO t VALUES (7)")
        with pytest.raises(ExecutionError):
            chain.run(steps, connection=connection)
        transaction.rollback()
    assert tries(chain) == 1
    assert chain.query("SELECT count(*) FROM t") == [(0,)]
