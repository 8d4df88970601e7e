"""Revisions that were cut off go on with the next run, whatever their calls look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.records.journal_table import TABLE
from tests.execute.chain import Chain
from tests.execute.cuts import (
    EVERYWHERE,
    POSTGRESQL,
    START,
    STRIDE,
    at_the_next_cut,
    in_child,
    with_cuts,
)
from tests.laws.judge import shape


def holds(chain: Chain) -> Any:
    """All that the catalogues say of the database, and the rows of the table."""
    with chain.engine.connect() as connection:
        tables = {"t", "u"} & set(sa.inspect(connection).get_table_names())
        rows = [
            connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id").mappings().all()
            for table in sorted(tables)
        ]
        found = shape(connection)
    # The journal's rows hold times; the columns of rows stand in the order of their making.
    return found, [[sorted(row.items()) for row in each] for each in rows]


def empty(chain: Chain) -> None:
    if chain.engine.dialect.name == "postgresql":
        with chain.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA IF EXISTS s; DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    else:
        chain.engine.dispose()
        Path(str(chain.engine.url.database)).unlink()
    chain.engine.dispose()


def every_kind(chain: Chain) -> None:
    """Files with operations of every kind that the database has, cut behind each."""
    is_postgresql = chain.engine.dialect.name == "postgresql"
    pairs = EVERYWHERE + (POSTGRESQL if is_postgresql else [])
    chain.add("a1", START)
    chain.add(
        "b2",
        with_cuts([up for up, _ in pairs]),
        with_cuts([down for _, down in reversed(pairs)]),
    )


def test_every_operation_is_resumed(chain: Chain) -> None:
    """A revision cut off at each of its cuts, one after the other, ends as if it never was."""
    every_kind(chain)
    chain.upgrade("b2")
    after = holds(chain)
    empty(chain)
    chain.upgrade("a1")
    assert die_again_and_again(chain, chain.upgrade) >= 17 // STRIDE - 1
    assert holds(chain) == after
    empty(chain)
    chain.upgrade("b2")
    chain.downgrade("a1")
    before = holds(chain)
    empty(chain)
    chain.upgrade("b2")
    assert die_again_and_again(chain, lambda: chain.downgrade("a1")) >= 17 // STRIDE - 1
    assert holds(chain) == before


def die_again_and_again(chain: Chain, work: Callable[[], object]) -> int:
    """Run until it is done; the number of processes that died over it."""
    number = 0
    while in_child(chain, work, at_the_next_cut(number)):
        number += 1
        assert number < 1000, "it makes no headway"
    assert chain.query(f"SELECT * FROM {TABLE} WHERE state <> 'done'") == []
    assert chain.query(f"SELECT * FROM {TABLE} WHERE found IS NOT NULL") == []
    return number
