"""Kills at any moment of an index that is made or dropped concurrently, beside writers."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import pytest
from sqlalchemy.engine import Engine

from tests.counts import DEEP, SEED, rounds
from tests.crash.child import Child
from tests.crash.conftest import MakeTrial
from tests.crash.judge import Border, PostgreSQLJudge
from tests.crash.kind import body
from tests.crash.moments import Moments, is_closed, killed_after, timed
from tests.crash.trial import round_trip

pytestmark = pytest.mark.timeout(3600 if DEEP else 600)

BUSY = """
op.create_table(
    "busy", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("n", sa.BigInteger())
)
op.create_table("tally", sa.Column("n", sa.Integer()))
op.execute("INSERT INTO tally VALUES (1)")
op.execute("INSERT INTO busy (id, n) SELECT i, i * 7919 % 50021 FROM generate_series(1, 50000) i")
"""
CONCURRENTLY = """
op.add_column("busy", sa.Column("c", sa.Integer(), server_default="7"))
op.execute("UPDATE tally SET n = n * 2")
op.create_index("busy_n", "busy", ["n"], postgresql_concurrently=True)
op.create_index("busy_id", "busy", ["id", "c"], unique=True, postgresql_concurrently=True)
op.execute("UPDATE tally SET n = n + 1")
"""
UNDONE = """
op.execute("UPDATE tally SET n = n - 1")
op.drop_index("busy_id", "busy", postgresql_concurrently=True)
op.drop_index("busy_n", "busy", postgresql_concurrently=True)
op.execute("UPDATE tally SET n = n / 2")
op.drop_column("busy", "c")
"""
WRITERS = 2


class BusyJudge(PostgreSQLJudge):
    """Leaves out what the writers write, and an index that the journal says is under way.

    CREATE INDEX CONCURRENTLY has its index in the catalogue, not valid, from its first moment on,
    and DROP INDEX CONCURRENTLY to its last; the journal's last row then says "intent".
    """

    others = "starts_with(application_name, 'flaskmig ')"
    half_made = 0

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.connection.exec_driver_sql("CREATE EXTENSION amcheck SCHEMA pg_catalog")

    def look(self) -> Border:
        found = super().look()
        under_way = bool(found.unfinished) and found.unfinished[-1][3] == "intent"
        held = [(name, facts) for name, facts in found.held if name != 'rows of "public"."busy"']
        if under_way:
            whole = [(name, facts) for name, facts in held if not _is_half_made(name, facts)]
            self.half_made += len(whole) < len(held)
            held = whole
        return Border(found.unfinished, tuple(held))

    def is_building(self) -> bool:
        """Whether the server makes or drops an index concurrently just now."""
        query = f"SELECT 1 FROM pg_stat_activity WHERE {self.others} AND state = 'active'"
        wanted = "AND query ~ '^(CREATE|DROP).* INDEX CONCURRENTLY'"
        return self.connection.exec_driver_sql(f"{query} {wanted}").first() is not None

    def terminate(self) -> None:
        """End what the server still does for a process that died."""
        self.connection.exec_driver_sql(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {self.others}"
        )


def _is_half_made(name: str, facts: str) -> bool:
    # The last two facts of an index are whether it is valid, and its NULLS NOT DISTINCT.
    return name.startswith("index") and facts.endswith("|f|f")


@contextmanager
def writers(engine_url: str) -> Iterator[None]:
    """Write to the table all the while; at the end each row is there as it was last committed."""
    with ExitStack() as stack:
        for number in range(WRITERS):
            stack.enter_context(_writer(engine_url, number))
        yield


@contextmanager
def _writer(url: str, number: int) -> Iterator[None]:
    reading, writing = os.pipe()

    def work() -> None:
        os.close(writing)
        os.set_blocking(reading, False)
        _write(url, number, reading)

    child = Child(work)
    os.close(reading)
    try:
        yield
    finally:
        # The end of the pipe tells the writer to stop.
        os.close(writing)
        assert not child.was_killed()


def _write(url: str, number: int, stop: int) -> None:
    choose, first = random.Random(number), 1_000_000 * (number + 1)
    rows: dict[int, int] = {}
    with psycopg.connect(url, autocommit=True) as connection:
        while not is_closed(stop):
            key, value = first + choose.randrange(5000), choose.randrange(10**12)
            with connection.transaction():
                connection.execute(
                    "INSERT INTO busy (id, n) VALUES (%s, %s) "
                    "ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n",
                    (key, value),
                )
                # Now and then a transaction that a concurrent build must wait for.
                time.sleep(choose.choice([0.0, 0.0, 0.02, 0.1]))
            rows[key] = value
            time.sleep(0.003)
        found = connection.execute(
            "SELECT id, n FROM busy WHERE id BETWEEN %s AND %s", (first, first + 5000)
        ).fetchall()
    assert dict(found) == rows, "a row that was committed is not there as it was"


def test_killed_in_a_concurrent_build(make_trial: MakeTrial) -> None:
    """Killed at any moment beside writers, a run goes on to valid indexes, and no row is lost."""
    trial = make_trial("postgresql")
    trial.judge.close()
    trial.judge = judge = BusyJudge(trial.chain.engine)
    trial.chain.add("a1", body(BUSY))
    trial.chain.add("b2", body(CONCURRENTLY), body(UNDONE))
    routes = round_trip(trial, "a1", "b2")
    url = trial.url.set(drivername="postgresql").render_as_string(hide_password=False)
    choose = random.Random(f"{SEED} concurrently")
    killed = 0
    with writers(url):
        moments = Moments(choose, timed(trial, routes[0]))
        trial.finish(routes[1])
        # Half of them while the server is at an index, and its backend ended with them.
        while killed < rounds(16, 100) or not judge.half_made:
            route, at_index = routes[killed % 2], killed % 4 < 2
            if at_index:
                died = killed_after(trial, route, choose.uniform(0, 0.05), judge.is_building)
                judge.terminate()
            else:
                died = killed_after(trial, route, moments.next())
                moments.learn(died)
            trial.at += f" in round {killed} of FLASKMIG_SEED={SEED}"
            if at_index or choose.random() < 0.5:
                trial.check_at_rest(route)
            trial.finish(route)
            if died:
                killed += 1
            else:
                trial.finish(routes[1 - killed % 2])
            _check_indexes(judge)


def _check_indexes(judge: PostgreSQLJudge) -> None:
    """Each index has each row of its table, and nothing else: amcheck compares them."""
    judge.connection.exec_driver_sql(
        "SELECT bt_index_check(indexrelid, true) FROM pg_index "
        "WHERE indrelid = 'busy'::regclass AND indisvalid"
    )
