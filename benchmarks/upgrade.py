"""From an empty database to the head, beside the bare DDL in the same transactions."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from benchmarks.contest import Contender, Result, compete
from benchmarks.databases import databases
from benchmarks.histories import bare_statements, write_history
from benchmarks.processes import PEERS

BASELINE = "bare DDL"


class Upgrade:
    """An application of one of the tools, on a new empty database for each round."""

    def __init__(self, module: str, folder: Path, make: Callable[[], str]) -> None:
        self._module: Any = importlib.import_module(module)
        self._folder = folder
        self._make = make
        self._app = Flask("upgraded")

    def prepare(self) -> None:
        self._app = Flask("upgraded")
        self._app.config["SQLALCHEMY_DATABASE_URI"] = self._make()
        directory = str(self._folder / "migrations")
        self._module.Migrate(self._app, SQLAlchemy(self._app), directory=directory)

    def run(self) -> None:
        with self._app.app_context():
            self._module.upgrade()


class BareDdl:
    """A transaction for each statement, with the driver alone."""

    def __init__(self, revisions: int, make: Callable[[], str]) -> None:
        self._make = make
        dialect = sa.create_engine(make()).dialect
        self._statements = bare_statements(revisions, dialect)
        self._engine: sa.Engine | None = None

    def prepare(self) -> None:
        self._engine = sa.create_engine(self._make())

    def run(self) -> None:
        assert self._engine is not None
        with self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            cursor = raw.cursor()
            for statement in self._statements:
                cursor.execute("BEGIN") if self._engine.name == "sqlite" else None
                cursor.execute(statement)
                raw.commit()
        self._engine.dispose()


def run(database: str, revisions: int, rounds: int) -> Result:
    """Measure; the databases of one round are not those of another."""
    with TemporaryDirectory() as name, databases(database) as make:
        folder = Path(name)
        write_history(folder, revisions)
        contenders = []
        for tool, module in PEERS.items():
            upgrade = Upgrade(module, folder, make)
            contenders.append(Contender(name=tool, run=upgrade.run, prepare=upgrade.prepare))
        bare = BareDdl(revisions, make)
        contenders.append(Contender(name=BASELINE, run=bare.run, prepare=bare.prepare))
        seconds = compete(contenders, rounds)
    return Result(
        benchmark="upgrade",
        database=database,
        what="base to head",
        size=revisions,
        unit="revisions",
        seconds=seconds,
        baseline=BASELINE,
    )
