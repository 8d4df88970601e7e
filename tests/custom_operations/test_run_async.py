"""``op.run_async``: asynchronous functions on the connection of the migration."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flaskmig.errors import UnsupportedOperationError
from tests.execute.chain import Chain

_TOP = """
import asyncio

async def fill(connection, *values, last):
    await connection.execute(sa.text("CREATE TABLE t (x INTEGER)"))
    for value in values:
        await asyncio.sleep(0)
        await connection.execute(sa.text("INSERT INTO t VALUES (:x)"), {"x": value})
    async with connection.begin_nested() as savepoint:
        await connection.exec_driver_sql("INSERT INTO t VALUES (99)")
        savepoint.rollback()
    found = [row.x async for row in await connection.stream(sa.text("SELECT x FROM t"))]
    assert found == list(values), found
    assert (await connection.scalars(sa.text("SELECT x FROM t"))).all() == found
    assert connection.dialect.name in ("sqlite", "postgresql")
    await connection.run_sync(lambda sync: sync.execute(sa.text(f"INSERT INTO t VALUES ({last})")))
    return await connection.scalar(sa.text("SELECT count(*) FROM t"))
"""


def test_it_runs_to_its_end(engine: Engine, tmp_path: Path) -> None:
    """The function has the migration's connection and transaction, and its result comes back."""
    chain = Chain(tmp_path, engine)
    chain.add("a1", "assert op.run_async(fill, 1, 2, last=5) == 3", before=_TOP)
    chain.upgrade()
    assert chain.query("SELECT x FROM t ORDER BY x") == [(1,), (2,), (5,)]


def test_it_is_undone_with_the_revision(engine: Engine, tmp_path: Path) -> None:
    """What the function did goes with the revision that fails after it."""
    chain = Chain(tmp_path, engine)
    chain.add("a1", "op.run_async(fill, 1, last=5)\n1 / 0", before=_TOP)
    with pytest.raises(ZeroDivisionError):
        chain.upgrade()
    assert "t" not in chain.tables()


def test_inside_of_an_event_loop(engine: Engine, tmp_path: Path) -> None:
    """Inside of a loop that is running it is refused with what to do, and nothing is done."""
    chain = Chain(tmp_path, engine)
    chain.add("a1", "op.run_async(fill, 1, last=5)", before=_TOP)

    async def upgrade() -> None:
        chain.upgrade()

    with pytest.raises(UnsupportedOperationError) as caught:
        asyncio.run(upgrade())
    assert "to_thread" in caught.value.hint
    assert "t" not in chain.tables()


def test_a_function_that_is_not_asynchronous(engine: Engine, tmp_path: Path) -> None:
    """A plain function is refused."""
    chain = Chain(tmp_path, engine)
    chain.add("a1", "op.run_async(lambda connection: 1)")
    with pytest.raises(TypeError, match="no asynchronous function"):
        chain.upgrade()
