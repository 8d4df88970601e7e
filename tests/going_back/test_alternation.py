"""Flask-Migrate and flaskmig by turns, on one database and one folder, for many rounds."""

from __future__ import annotations

import logging.config
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

import flaskmig
from tests.counts import SEED, rounds
from tests.databases import postgresql_database
from tests.going_back import peer
from tests.going_back.models import Changing
from tests.postgres import Server

ROUNDS = rounds(5, 30)


@dataclass
class Both:
    """One project that either tool works on: ``models`` are what both see."""

    folder: Path
    url: str
    models: Changing

    @contextmanager
    def app(self, tool: ModuleType) -> Iterator[None]:
        """An application with that tool, and the models as they are now."""
        app = Flask("both")
        app.config["SQLALCHEMY_DATABASE_URI"] = self.url
        db = SQLAlchemy(app)
        self.models.declare(db)
        options = {"write_for": "alembic"} if tool is flaskmig else {}
        tool.Migrate(app, db, directory=str(self.folder), **options)
        with app.app_context():
            try:
                yield
            finally:
                db.engine.dispose()

    def leave(self) -> None:
        """What flaskmig has to do before the other tool's turn."""
        with self.app(flaskmig):
            assert flaskmig.leave().is_done

    def turn(self, tool: ModuleType, verb: str, **arguments: object) -> None:
        """One command of one tool; Flask-Migrate's end the process where they fail."""
        if tool is flask_migrate:
            self.leave()
        elif verb == "migrate":
            arguments["no_rename"] = True
        with self.app(tool):
            getattr(tool, verb)(**arguments)

    def rows(self) -> list[str]:
        engine = sa.create_engine(self.url)
        try:
            return peer.rows_of(engine)
        finally:
            engine.dispose()

    def heads(self) -> list[str]:
        return list(peer.scripts_of(self.folder).get_heads())

    def agree(self) -> None:
        """The database is at the head, and neither tool finds a difference to the models."""
        assert self.rows() == self.heads()
        with self.app(flaskmig):
            [checked] = flaskmig.check()
            assert checked.is_ok, str(checked)
        self.turn(flask_migrate, "check")


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The env.py of Flask-Migrate sets up logging anew, which is the whole process's."""
    monkeypatch.setattr(logging.config, "fileConfig", lambda *_, **__: None)


def _play(source: random.Random, both: Both) -> None:
    tools = [flask_migrate, flaskmig]
    with both.app(flask_migrate):
        flask_migrate.init()
    for number in range(ROUNDS):
        both.models.change()
        # Both write in the first two rounds, whatever chance says.
        writer = tools[number] if number < 2 else source.choice(tools)
        both.turn(writer, "migrate", message=f"round {number}")
        both.turn(source.choice(tools), "upgrade")
        both.agree()
        if source.random() < 0.7:
            both.turn(source.choice(tools), "downgrade")
            both.turn(source.choice(tools), "upgrade")
            both.agree()
    both.turn(source.choice(tools), "downgrade", revision="base")
    assert both.rows() == []
    both.turn(source.choice(tools), "upgrade")
    both.agree()


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("number", range(rounds(2, 20)))
def test_by_turns_on_sqlite(number: int, tmp_path: Path) -> None:
    """Each goes on where the other stopped, and neither sees anything of the other."""
    source = random.Random(f"{SEED} turns {number}")
    both = Both(tmp_path / "m", f"sqlite:///{tmp_path / 'x.db'}", Changing(source))
    _play(source, both)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("number", range(rounds(1, 10)))
def test_by_turns_on_postgresql(number: int, postgresql_server: Server, tmp_path: Path) -> None:
    """The same on PostgreSQL."""
    with postgresql_database(postgresql_server) as engine:
        source = random.Random(f"{SEED} turns on pg {number}")
        url = engine.url.render_as_string(hide_password=False)
        _play(source, Both(tmp_path / "m", url, Changing(source)))
