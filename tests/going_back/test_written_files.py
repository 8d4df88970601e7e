"""The models of tests/cases, written for Alembic and run by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tests.cases.bench import Bench
from tests.cases.case import Case, folders, read_case
from tests.cases.expected import Expected
from tests.counts import DEEP
from tests.going_back.return_journey import ReturnJourney

# Which of the cases a normal run takes: one of this many on each database, for each tool.
SHARE = {"sqlite": 10, "postgresql": 80}


def _parameters(number: int) -> list[Any]:
    found = []
    for folder in folders():
        case = read_case(folder)
        for database in case.databases:
            chosen = DEEP or crc32(case.name.encode()) % SHARE[database] == number
            if chosen and case.can_run(database) and not case.refuses:
                found.append(pytest.param(case, database, id=f"{case.name}-{database}"))
    return found


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
@pytest.mark.parametrize(("case", "bench"), _parameters(0), indirect=["bench"])
def test_alembic_runs_what_is_written_for_it(case: Case, bench: Bench, tmp_path: Path) -> None:
    """A file of write_for="alembic" leads there and back under Alembic, with the rows in it."""
    expected = Expected(case.folder, bench.name, bench.version, False)
    ReturnJourney(case, bench, expected, tmp_path).go()


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
@pytest.mark.parametrize(("case", "bench"), _parameters(1), indirect=["bench"])
def test_flaskmig_runs_it_as_well(case: Case, bench: Bench, tmp_path: Path) -> None:
    """The same file leads there and back under flaskmig."""
    expected = Expected(case.folder, bench.name, bench.version, False)
    ReturnJourney(case, bench, expected, tmp_path, runs_by_flaskmig=True).go()
