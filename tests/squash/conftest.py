from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flaskmig.engine.commands.squashing import parts
from tests.postgres import Server
from tests.squash.project import History, history


@pytest.fixture
def on_sqlite(tmp_path: Path, sqlite_engine: Engine) -> History:
    """The whole history, and an empty database."""
    return history(tmp_path / "migrations", sqlite_engine)


@pytest.fixture
def server_of(request: pytest.FixtureRequest) -> Callable[[Engine], Server | None]:
    """The server that an engine is to, None for SQLite."""

    def find(engine: Engine) -> Server | None:
        if engine.dialect.name == "sqlite":
            return None
        found: Server = request.getfixturevalue("postgresql_server")
        return found

    return find


@pytest.fixture
def break_folding(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes folding lose an operation, as a fault in it might."""

    def spoil() -> None:
        monkeypatch.setattr(parts, "folded", lambda operations: list(operations)[1:])

    return spoil
