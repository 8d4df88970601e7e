"""A COMMIT that is lost: what is said of it, also where nobody answers or another was quicker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from flaskmig.engine import commands
from flaskmig.engine.executing import lost
from flaskmig.engine.migrating.events import CommitFound, RevisionSkipped
from flaskmig.errors import ExecutionError
from tests.crash.child import commits
from tests.execute.chain import Chain
from tests.faults.scripts import CREATE


@pytest.fixture
def chain(tmp_path: Path, postgresql_engine: sa.Engine) -> Chain:
    return Chain(tmp_path / "migrations", postgresql_engine)


def lose_at_commit(
    engine: sa.Engine, number: int, *, arrives: bool, then: Callable[[], None] = lambda: None
) -> None:
    """Close the connection at the n-th COMMIT, before the server has it or after it has run."""
    seen = 0

    def lose(connection: Any, cursor: Any, sql: str, *_: Any) -> None:
        nonlocal seen
        seen += commits(sql)
        if commits(sql) and seen == number:
            seen += 1
            cursor.connection.close()
            then()
            if arrives:
                raise psycopg.OperationalError("the connection was lost")

    moment = "after_cursor_execute" if arrives else "before_cursor_execute"
    sa.event.listen(engine, moment, lose)


@pytest.mark.parametrize("arrives", [True, False])
def test_what_became_of_it_is_told(chain: Chain, arrives: bool) -> None:
    """An event says of a lost COMMIT whether it took effect, and each revision is done once."""
    chain.add("a1", CREATE)
    chain.add("b2", 'op.execute("UPDATE t SET n = n * 2")')
    steps = chain.steps("head")
    lose_at_commit(chain.engine, 2, arrives=arrives)
    assert [step.revision for step in chain.run(steps)] == ["a1", "b2"]
    [found] = [event for event in chain.events if isinstance(event, CommitFound)]
    assert (found.revision, found.is_done) == ("b2", arrives)
    assert chain.query("SELECT n FROM t ORDER BY id") == [(2,), (4,)]


def test_what_another_did_meanwhile_is_the_others(chain: Chain) -> None:
    """Where the COMMIT was lost in vain and another upgrader came first, the work is that one's."""
    chain.add("a1", CREATE)
    other = Chain(chain.folder, sa.create_engine(chain.engine.url, poolclass=NullPool))
    steps = chain.steps("head")
    lose_at_commit(chain.engine, 1, arrives=False, then=lambda: others.extend(other.upgrade()))
    others: list[Any] = []
    assert chain.run(steps) == []
    assert [step.revision for step in others] == ["a1"]
    told = [type(event) for event in chain.events]
    assert CommitFound in told
    assert RevisionSkipped in told
    assert chain.query("SELECT n FROM t ORDER BY id") == [(1,), (2,)]


@pytest.mark.parametrize("arrives", [True, False])
def test_on_a_connection_of_the_callers_it_stays_open(chain: Chain, arrives: bool) -> None:
    """Where there is no connecting again, the error says that it is not known, and a rerun is."""
    chain.add("a1", CREATE)
    steps = chain.steps("head")
    engine = sa.create_engine(chain.engine.url, poolclass=NullPool)
    lose_at_commit(engine, 1, arrives=arrives)
    with engine.connect() as connection, pytest.raises(ExecutionError) as caught:
        chain.run(steps, connection=connection)
    assert "could not be seen" in caught.value.message
    assert caught.value.database_at is None
    assert chain.rows() == ({"a1"} if arrives else frozenset())
    assert [step.revision for step in chain.upgrade()] == ([] if arrives else ["a1"])
    assert chain.query("SELECT n FROM t ORDER BY id") == [(1,), (2,)]


@pytest.mark.parametrize("arrives", [True, False])
def test_where_nobody_answers_any_more(
    chain: Chain, monkeypatch: pytest.MonkeyPatch, arrives: bool
) -> None:
    """A server that is gone after the COMMIT leaves it open, says so, and names what to do."""
    monkeypatch.setattr(lost, "RECONNECT_SECONDS", 0.1)
    chain.add("a1", CREATE)
    steps = chain.steps("head")
    engine = sa.create_engine(chain.engine.url, poolclass=NullPool)
    is_gone: list[bool] = []

    def refuse(*_: Any) -> None:
        if is_gone:
            raise psycopg.OperationalError("nobody is there")

    sa.event.listen(engine, "do_connect", refuse)
    lose_at_commit(engine, 1, arrives=arrives, then=lambda: is_gone.append(True))
    url, chain.engine = chain.engine, engine
    with pytest.raises(ExecutionError, match=r"could not be seen: .*nobody is there") as caught:
        chain.run(steps)
    assert "flask db upgrade" in caught.value.hint
    chain.engine = url
    assert chain.rows() == ({"a1"} if arrives else frozenset())


def test_a_stamp_that_is_lost_names_where_to_look(chain: Chain) -> None:
    """A command that runs no revision says, where its COMMIT is lost, how to see what it did."""
    chain.add("a1", CREATE)
    lose_at_commit(chain.engine, 1, arrives=True)
    with pytest.raises(ExecutionError) as caught:
        commands.stamp(chain.project)
    assert "flask db current" in caught.value.hint
    assert chain.rows() == {"a1"}
