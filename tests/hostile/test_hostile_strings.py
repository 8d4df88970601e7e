"""Names, comments, defaults, labels and texts that try to be code, through file and database."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.conftest import MakeDatabase
from tests.counts import DEEP, SEED, rounds
from tests.databases import NAMES
from tests.hostile.journey import Journey, guilty
from tests.hostile.payloads import FIXED, fuzzed
from tests.hostile.units import PLACES, Unit

AT_ONCE = 14
# Strings in places, on both databases together.
FUZZED, FUZZED_DEEP = 2_000, 30_000


@pytest.mark.parametrize("database", NAMES)
def test_fixed(database: str, make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each known payload in each place comes back as it was, and nothing of it runs."""
    units = [Unit(number, payload) for number, payload in enumerate(FIXED)]
    if database == "postgresql" and not DEEP:
        # The other half is SQLite's alone in a normal run.
        units = units[::2]
    assert len(units) * PLACES[database] >= 500
    for start in range(0, len(units), AT_ONCE):
        _go(units[start : start + AT_ONCE], make_database, database, monkeypatch)


@pytest.mark.parametrize("shard", range(4))
@pytest.mark.parametrize("database", NAMES)
def test_fuzzed(
    database: str, shard: int, make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Strings put together at random come back as they were as well."""
    wanted = rounds(FUZZED, FUZZED_DEEP) // len(NAMES) // 4
    counted = number = 0
    while counted < wanted:
        source = random.Random(f"{SEED} {database} {shard} {number}")
        units = [Unit(place, fuzzed(source)) for place in range(AT_ONCE)]
        _go(units, make_database, database, monkeypatch, f"seed {SEED}, round {shard}/{number}")
        counted += len(units) * PLACES[database]
        number += 1


def _go(
    units: Sequence[Unit],
    make_database: MakeDatabase,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    round_: str = "fixed",
) -> None:
    """One journey of the units; where it fails, each of them alone says which it was."""
    said = _failure(units, make_database(database), monkeypatch)
    if said:
        alone = guilty(units, lambda one: _failure(one, make_database(database), monkeypatch))
        payloads = [unit.payload for unit in units]
        raise AssertionError(
            f"{round_}: {said}\nalone: {alone}\nall: {payloads!a}\n"
            f"again: FLASKMIG_SEED={SEED} pytest tests/hostile/test_hostile_strings.py"
        )


def _failure(units: Sequence[Unit], engine: Engine, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a journey of the units fails with, "" for nothing."""
    with tempfile.TemporaryDirectory() as folder, monkeypatch.context() as patch:
        patch.chdir(folder)
        try:
            Journey(engine, Path(folder), engine).go(units)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        finally:
            engine.dispose()
    return ""
