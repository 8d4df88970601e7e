"""Kills at any moment of a long rebuild, in the middle of a statement or of a COMMIT."""

from __future__ import annotations

import random
import sqlite3

import pytest

from tests.counts import DEEP, SEED, rounds
from tests.crash.conftest import MakeTrial
from tests.crash.judge import SQLiteJudge
from tests.crash.kind import body
from tests.crash.moments import Moments, killed_after, timed
from tests.crash.trial import round_trip

pytestmark = pytest.mark.timeout(3600 if DEEP else 600)

BIG = """
op.create_table(
    "big",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("name", sa.String(30)),
    sa.Column("n", sa.Integer()),
    sqlite_autoincrement=True,
)
op.create_table(
    "small",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("big_id", sa.Integer(), sa.ForeignKey("big.id", ondelete="CASCADE")),
)
op.execute(
    "INSERT INTO big (id, name, n) WITH RECURSIVE c(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 300000) "
    "SELECT i, 'row ' || i, i * 7919 % 300007 FROM c"
)
op.execute("INSERT INTO small (id, big_id) SELECT n, id FROM big WHERE id % 1000 = 0")
op.create_index("big_n", "big", ["n"])
op.create_view("view", "SELECT id, n FROM big WHERE n > 5")
op.create_trigger(
    "CREATE TRIGGER told AFTER DELETE ON big BEGIN INSERT INTO small (id) VALUES (OLD.id); END"
)
"""
REBUILD = 'op.alter_column("big", "name", existing_type=sa.String(30), nullable=False)'
BACK = 'op.alter_column("big", "name", existing_type=sa.String(30), nullable=True)'


class BigJudge(SQLiteJudge):
    """Adds up the rows of the big table, and those that its index leads to."""

    def _rows(self, raw: sqlite3.Connection, name: str) -> str:
        if name != "big":
            return super()._rows(raw, name)
        totals = "count(*), sum(id), sum(n), sum(id * n % 1000003)"
        names = "sum(length(name) * (id % 97)), min(name), max(name), sum(name = 'row ' || id)"
        return repr(raw.execute(f"SELECT {totals}, {names} FROM big NOT INDEXED").fetchall())

    def _damage(self, raw: sqlite3.Connection) -> str:
        # integrity_check looks up each row in the index one by one and takes ten times as long.
        found = raw.execute("PRAGMA quick_check").fetchall()
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'big_n'").fetchall():
            totals = "count(*), sum(id), sum(n), sum(id * n % 1000003)"
            found += raw.execute(f"SELECT {totals} FROM big INDEXED BY big_n").fetchall()
        return repr(found)


def test_killed_in_a_rebuild(make_trial: MakeTrial) -> None:
    """A rebuild of 300,000 rows, killed at any moment, leaves the old table or the new one."""
    trial = make_trial("sqlite")
    trial.judge = BigJudge(str(trial.url.database))
    trial.chain.add("a1", body(BIG))
    trial.chain.add("b2", REBUILD, BACK)
    routes = round_trip(trial, "a1", "b2")
    assert all(len(route.borders) == 2 for route in routes)
    moments = Moments(random.Random(f"{SEED} rebuild"), timed(trial, routes[0]))
    trial.finish(routes[1])
    killed = 0
    while killed < rounds(24, 400):
        route = routes[killed % 2]
        trial.use_mode(killed // 2)
        died = killed_after(trial, route, moments.next())
        moments.learn(died)
        trial.at += f" in round {killed} of FLASKMIG_SEED={SEED}, journal_mode {trial.mode}"
        border = trial.check_at_rest(route)
        if died:
            killed += 1
            trial.finish(route)
        else:
            assert border == 1, trial.at
            trial.work("downgrade" if killed % 2 == 0 else "upgrade", routes[1 - killed % 2].target)
