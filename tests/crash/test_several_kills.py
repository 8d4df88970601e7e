"""Process after process is killed on the way through several revisions, and nothing goes back."""

from __future__ import annotations

import random

import pytest

from tests.counts import DEEP, SEED, rounds
from tests.crash.child import Death
from tests.crash.conftest import MakeTrial
from tests.crash.kind import USERS, body
from tests.crash.kinds import KINDS
from tests.crash.trial import Route, Trial, round_trip

# Atomic revisions with one that is cut between them, on the same tables.
WAYS = {
    "sqlite": ("constraints", "cut", "views"),
    "postgresql": ("settings", "concurrently", "functions"),
}
pytestmark = pytest.mark.timeout(3600 if DEEP else 600)

SHARDS = 4 if DEEP else 1
MOST_KILLS = 5


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("database", WAYS)
def test_killed_again_and_again(make_trial: MakeTrial, database: str, shard: int) -> None:
    """However often a run is cut off, each border follows the last and the end is the same."""
    trial = make_trial(database)
    trial.chain.add("a1", body(USERS))
    for number, name in enumerate(WAYS[database], 2):
        kind = KINDS[database][name]
        trial.chain.add(f"r{number}", body(kind.upgrade), body(kind.downgrade))
    routes = round_trip(trial, "a1", "head")
    wanted = rounds(12, 1000)
    for number in range(shard, wanted, SHARDS):
        seed = f"{SEED} {database} {number}"
        trial.use_mode(number)
        done = dict(trial.judge.done())
        try:
            _sequence(trial, routes[number // SHARDS % 2], random.Random(seed))
        except BaseException as error:
            error.add_note(
                f"round {number} of FLASKMIG_SEED={SEED} on {database}; to see it again: "
                f"FLASKMIG_ROUNDS={number + 1}"
            )
            raise
        _check_done_once(trial, routes[number // SHARDS % 2], done)


def _sequence(trial: Trial, route: Route, choose: random.Random) -> None:
    border, left = 0, len(route.statements)
    for _ in range(choose.randint(2, MOST_KILLS)):
        death = Death(choose.randint(1, max(2, left)))
        if not trial.crash(route, death):
            break
        if choose.random() < 0.5:
            # The next one starts while the server may still be busy with what the last one sent.
            continue
        reached = trial.check_at_rest(route)
        assert reached >= border, f"{trial.at}\nwent back from border {border} to {reached}"
        border = reached
        left = len(route.statements) * (len(route.borders) - border) // len(route.borders)
    trial.finish(route)


def _check_done_once(trial: Trial, route: Route, before: dict[tuple[str, str], int]) -> None:
    """Each revision was done once more in the direction of the way, and nothing else was."""
    after = trial.judge.done()
    counts = {key: after[key] - before.get(key, 0) for key in after}
    wanted = {
        (revision, direction): int(direction == route.direction and revision != "a1")
        for revision, direction in after
    }
    assert counts == wanted, f"{trial.at}\nthe journal counts {counts}"
