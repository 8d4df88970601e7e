"""One revision that makes many tables: written, run, and undone again."""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.schema import CreateIndex, CreateSchema, CreateTable, DropTable

from benchmarks.contest import Contender, Result, compete, measure_memory
from benchmarks.databases import databases
from benchmarks.processes import PEERS
from benchmarks.schemas import GENERATORS

WHAT = ("migrate", "upgrade", "downgrade")
BASELINE = "bare DDL"
# More stay locked to the end of a transaction than a server of PostgreSQL's own settings allows.
LOCKS = {"max_locks_per_transaction": "4096"}


class Project:
    """An application of one of the tools with the models, and a new database for each round."""

    def __init__(
        self, module: str, metadata: sa.MetaData, make: Callable[[], str], what: str
    ) -> None:
        self._module: Any = importlib.import_module(module)
        self._metadata = metadata
        self._make = make
        self._what = what
        self._folder = TemporaryDirectory()
        self._round = 0
        self._app = Flask("large")
        self.file = b""

    def prepare(self) -> None:
        """An empty project and database; for what comes after ``migrate``, as that leaves them."""
        self._round += 1
        self._app = Flask("large")
        self._app.config["SQLALCHEMY_DATABASE_URI"] = self._make()
        db = SQLAlchemy(self._app, metadata=self._metadata)
        self._module.Migrate(
            self._app, db, directory=str(Path(self._folder.name) / str(self._round))
        )
        with self._app.app_context(), silence():
            self._module.init()
            if self._what == "migrate":
                return
            self._write()
            if self._what == "downgrade":
                self._module.upgrade()
            db.engine.dispose()

    def _write(self) -> None:
        """The file that the tool itself writes, which is the same in each round."""
        versions = Path(self._folder.name) / str(self._round) / "versions"
        if not self.file:
            self._module.migrate(message="all")
            (path,) = versions.glob("*.py")
            self.file = path.read_bytes()
        (versions / "0001_all.py").write_bytes(self.file)
        for path in versions.glob("*.py"):
            if path.name != "0001_all.py":
                path.unlink()

    def run(self) -> None:
        with self._app.app_context(), silence():
            getattr(self._module, self._what)()

    def close(self) -> None:
        self._folder.cleanup()


class BareDdl:
    """The statements of SQLAlchemy's own in one transaction, with the driver alone."""

    def __init__(self, metadata: sa.MetaData, make: Callable[[], str], what: str) -> None:
        dialect = sa.create_engine(make()).dialect
        made, dropped = (
            [str(each.compile(dialect=dialect)) for each in statements]
            for statements in (_creating(metadata), _dropping(metadata))
        )
        self._make = make
        self._before = made if what == "downgrade" else []
        self._statements = dropped if what == "downgrade" else made
        self._engine: sa.Engine | None = None

    def prepare(self) -> None:
        self._engine = sa.create_engine(self._make())
        self._run(self._before)

    def run(self) -> None:
        self._run(self._statements)

    def _run(self, statements: list[str]) -> None:
        assert self._engine is not None
        with self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            cursor = raw.cursor()
            cursor.execute("BEGIN") if self._engine.name == "sqlite" else None
            for statement in statements:
                cursor.execute(statement)
            raw.commit()
        self._engine.dispose()


def run(
    database: str, tables: int, rounds: int, *, what: str = "upgrade", schema: str = "flat"
) -> Result:
    """Measure one command on a revision that makes so many tables.

    Writing it has no baseline: flaskmig tries the file before it writes it, there and back.
    """
    metadata = GENERATORS[schema](tables, 0)
    contenders, projects = [], []
    with databases(database, **LOCKS) as make:
        for tool, module in PEERS.items():
            project = Project(module, metadata, make, what)
            projects.append(project)
            contenders.append(
                Contender(name=tool, run=project.run, prepare=project.prepare, renew=_nothing)
            )
        if what != "migrate":
            bare = BareDdl(metadata, make, what)
            contenders.append(Contender(name=BASELINE, run=bare.run, prepare=bare.prepare))
        memory = measure_memory(contenders)
        seconds = compete(contenders, rounds)
    for project in projects:
        project.close()
    return Result(
        benchmark="tables",
        database=database,
        what=f"{what}, {schema}",
        size=tables,
        unit="tables",
        seconds=seconds,
        baseline=None if what == "migrate" else BASELINE,
        megabytes=memory,
    )


@contextmanager
def silence() -> Iterator[None]:
    """Without what the tools print and log of each table: a terminal is none of their work."""
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        logging.disable(logging.NOTSET)


def _nothing() -> None:
    """No connection is open that a child could take from its parent."""


def _creating(metadata: sa.MetaData) -> Iterator[sa.schema.ExecutableDDLElement]:
    for name in sorted({table.schema for table in metadata.tables.values() if table.schema}):
        yield CreateSchema(name)
    for table in metadata.sorted_tables:
        yield CreateTable(table)
        yield from (CreateIndex(index) for index in sorted(table.indexes, key=str))


def _dropping(metadata: sa.MetaData) -> Iterator[sa.schema.ExecutableDDLElement]:
    yield from (DropTable(table) for table in reversed(metadata.sorted_tables))
