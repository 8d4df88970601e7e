"""Each folder here, on each database that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases.bench import Bench
from tests.cases.case import Case, folders, read_case
from tests.cases.expected import Expected
from tests.cases.journey import Journey


def _parameters() -> Iterator[Any]:
    for folder in folders():
        try:
            case = read_case(folder)
        except ValueError as error:
            # One bad file fails one test, and hides no other.
            yield pytest.param(error, "sqlite", id=f"{folder.parent.name}/{folder.name}")
            continue
        for database in case.databases:
            if case.can_run(database):
                yield pytest.param(case, database, id=f"{case.name}-{database}")


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
@pytest.mark.parametrize(("case", "bench"), list(_parameters()), indirect=["bench"])
def test_there_and_back(
    case: Case | ValueError, bench: Bench, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """The diff, the file and the SQL are as they should be; the rows come through, and back."""
    if isinstance(case, ValueError):
        raise case
    updates: bool = pytestconfig.getoption("--update-cases")
    expected = Expected(case.folder, bench.name, bench.version, updates)
    Journey(case, bench, expected, tmp_path).go()
    expected.finish()
