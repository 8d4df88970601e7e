"""A new type for a column of a large table on SQLite, beside a bare copy of it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from benchmarks.contest import Contender, Result, compete, measure_memory
from flaskmig import engine as flaskmig_engine

BASELINE = "bare copy"
_COLUMNS = "id, name, amount, note, made_at"
_BARE = (
    "BEGIN IMMEDIATE",
    "CREATE TABLE copied (id INTEGER NOT NULL, name VARCHAR(80) NOT NULL, amount BIGINT, "
    "note TEXT, made_at DATETIME, PRIMARY KEY (id))",
    f"INSERT INTO copied ({_COLUMNS}) SELECT {_COLUMNS} FROM things",
    "DROP TABLE things",
    "ALTER TABLE copied RENAME TO things",
    "CREATE INDEX ix_things_name ON things (name)",
    "COMMIT",
)


def _models(amount: sa.types.TypeEngine[int]) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table(
        "things",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False, index=True),
        sa.Column("amount", amount),
        sa.Column("note", sa.Text),
        sa.Column("made_at", sa.DateTime),
    )
    return metadata


class Rebuild:
    """A fresh copy of the same database for each round."""

    def __init__(self, template: Path) -> None:
        self._template = template
        self._path = template.with_suffix(".round")
        self._engine = sa.create_engine(f"sqlite:///{self._path}")

    def prepare(self) -> None:
        self._engine.dispose()
        shutil.copyfile(self._template, self._path)

    def renew(self) -> None:
        self._engine.dispose()

    def with_flaskmig(self) -> None:
        with self._engine.connect() as connection:
            difference = flaskmig_engine.diff(_models(sa.BigInteger()), connection)
            assert len(difference) == 1
            flaskmig_engine.apply(difference, connection)
            connection.commit()

    def with_alembic(self) -> None:
        with self._engine.begin() as connection:
            operations = Operations(MigrationContext.configure(connection))
            with operations.batch_alter_table("things") as batch:
                batch.alter_column("amount", type_=sa.BigInteger())

    def bare(self) -> None:
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            for statement in _BARE:
                connection.execute(statement)


def run(database: str, rows: int, rounds: int) -> Result:
    """Measure a rebuild of so many rows; SQLite only."""
    assert database == "sqlite", "PostgreSQL rebuilds no tables"
    with TemporaryDirectory() as folder:
        template = Path(folder) / "template.sqlite"
        _fill(template, rows)
        rebuild = Rebuild(template)
        work: dict[str, Callable[[], None]] = {
            "flaskmig": rebuild.with_flaskmig,
            "alembic": rebuild.with_alembic,
            BASELINE: rebuild.bare,
        }
        contenders = [
            Contender(name=name, run=function, prepare=rebuild.prepare, renew=rebuild.renew)
            for name, function in work.items()
        ]
        memory = measure_memory(contenders)
        seconds = compete(contenders, rounds)
    return Result(
        benchmark="rebuild",
        database=database,
        what="integer to bigint",
        size=rows,
        unit="rows",
        seconds=seconds,
        megabytes=memory,
    )


def _fill(path: Path, rows: int) -> None:
    engine = sa.create_engine(f"sqlite:///{path}")
    _models(sa.Integer()).create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            f"INSERT INTO things ({_COLUMNS}) SELECT i, 'name ' || (i * 7919 % 1000003), i * 3, "
            "'a note on ' || i, '2026-01-01 00:00:00' FROM n",
            (rows,),
        )
        connection.commit()
