"""Published histories, replayed by both tools: schemas, rows and version tables are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from flaskmig.engine import commands
from flaskmig.errors import IrreversibleError
from tests.histories.databases import Databases
from tests.histories.history import History
from tests.histories.published import HISTORIES
from tests.histories.replay import replay
from tests.histories.tools import Ours
from tests.postgres import Server

RUNS = [
    pytest.param(history, database, id=f"{history.name}-{database}")
    for history in HISTORIES
    for database in history.databases
]


@pytest.mark.parametrize(("history", "database"), RUNS)
def test_replay(
    history: History, database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Up and down the history, flaskmig leaves at each of ten stops what Alembic leaves."""
    server: Server | None = None
    if database == "postgresql":
        server = request.getfixturevalue("postgresql_server")
    result = replay(history, database, Databases(tmp_path, server, history.driver), server)
    assert result.differences == []
    assert result.revisions > 1
    assert result.rows > 20
    # A reason that is no reason any more comes off the list.
    expected = set(history.differs.values()) if database == "sqlite" else set()
    assert set(result.excused) == expected


def test_no_way_down(tmp_path: Path) -> None:
    """Where files say nothing of a way down, it is refused before anything is undone."""
    [keystone] = [history for history in HISTORIES if history.name == "keystone"]
    with Databases(tmp_path, None, keystone.driver)("sqlite") as engine, keystone.running(engine):
        ours = Ours(keystone, engine)
        ours.upgrade("heads")
        [before] = commands.current(ours.project)
        with pytest.raises(IrreversibleError, match=r"no downgrade\(\)"):
            ours.downgrade("base")
        assert commands.current(ours.project) == (before,)
