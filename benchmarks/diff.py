"""Finding that nothing has changed: engine.diff beside Alembic's compare_metadata."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection

from benchmarks.databases import empty_database
from benchmarks.schemas import flat
from flaskmig import engine as flaskmig_engine

Contender = Callable[[Connection, sa.MetaData], int]


@dataclass(frozen=True)
class Result:
    """Seconds of each contender, one number a round."""

    database: str
    tables: int
    seconds: Mapping[str, tuple[float, ...]]

    def median(self, contender: str) -> float:
        return median(self.seconds[contender])

    @property
    def ratio(self) -> float:
        """How many times as long Alembic takes: the median of the ratios of the rounds."""
        pairs = zip(self.seconds["alembic"], self.seconds["flaskmig"], strict=True)
        return median(theirs / ours for theirs, ours in pairs)

    def to_json(self) -> dict[str, object]:
        return {
            "benchmark": "diff",
            "database": self.database,
            "tables": self.tables,
            "seconds": {name: list(each) for name, each in self.seconds.items()},
            "medians": {name: self.median(name) for name in self.seconds},
            "ratio": self.ratio,
        }


def with_flaskmig(connection: Connection, metadata: sa.MetaData) -> int:
    return len(flaskmig_engine.diff(metadata, connection))


def with_alembic(connection: Connection, metadata: sa.MetaData) -> int:
    options = {"compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(connection, opts=options)
    return len(compare_metadata(context, metadata))


CONTENDERS: Mapping[str, Contender] = {"flaskmig": with_flaskmig, "alembic": with_alembic}


def run(database: str, tables: int, rounds: int) -> Result:
    """Measure the contenders in turns on one database; raises AssertionError on a false alarm."""
    metadata = flat(tables)
    seconds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    with empty_database(database) as engine:
        metadata.create_all(engine)
        with engine.connect() as connection:
            for _ in range(rounds):
                for name, contender in CONTENDERS.items():
                    seconds[name].append(_timed(contender, connection, metadata))
    return Result(database, tables, {name: tuple(each) for name, each in seconds.items()})


def _timed(contender: Contender, connection: Connection, metadata: sa.MetaData) -> float:
    gc.collect()
    started = time.perf_counter()
    differences = contender(connection, metadata)
    taken = time.perf_counter() - started
    assert differences == 0, f"{differences} differences where there are none"
    connection.rollback()
    return taken
