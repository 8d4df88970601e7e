"""What has changed: engine.diff beside Alembic's compare_metadata and SQLAlchemy's reflection."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from benchmarks.contest import Contender, Result, compete, count_queries, measure_memory
from benchmarks.databases import create, empty_database
from benchmarks.floor import reading
from benchmarks.schemas import GENERATORS
from flaskmig import engine as flaskmig_engine

WHAT = ("same", "changed", "new")
# Reading by reflection and comparing with Alembic takes minutes beyond it.
PEERS_UP_TO = 2000


class Comparison:
    """A database, the models it is compared with, and a connection that can be made anew."""

    def __init__(self, engine: sa.Engine, metadata: sa.MetaData, differs: bool) -> None:
        self.engine = engine
        self.metadata = metadata
        self.differs = differs
        self.connection = engine.connect()

    def renew(self) -> None:
        """A connection of this process: that of its parent is not for it."""
        self.engine.dispose(close=False)
        self.connection = self.engine.connect()

    def with_flaskmig(self) -> None:
        self._require(len(flaskmig_engine.diff(self.metadata, self.connection)))

    def with_alembic(self) -> None:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            "include_schemas": any(table.schema for table in self.metadata.tables.values()),
        }
        context = MigrationContext.configure(self.connection, opts=options)
        self._require(len(compare_metadata(context, self.metadata)))

    def with_reflection(self) -> None:
        found = sa.MetaData()
        for schema in sorted({t.schema or "" for t in self.metadata.tables.values()}):
            found.reflect(self.connection, schema=schema or None)
        self.connection.rollback()

    def _require(self, differences: int) -> None:
        self.connection.rollback()
        assert bool(differences) == self.differs, f"{differences} differences"


def run(
    database: str, tables: int, rounds: int, *, schema: str = "flat", what: str = "same"
) -> Result:
    """Measure on one database; raises AssertionError on a false alarm, or none where one is due."""
    make = GENERATORS[schema]
    changed = max(tables // 100, 1) if what == "changed" else 0
    with empty_database(database) as engine:
        if what != "new":
            create(make(tables, 0), engine)
        comparison = Comparison(engine, make(tables, changed), what != "same")
        names = {table.schema for table in comparison.metadata.tables.values() if table.schema}
        read, queries = reading(comparison.connection, sorted(names))
        contenders = [
            Contender(name="flaskmig", run=comparison.with_flaskmig, renew=comparison.renew),
            Contender(name="raw queries", run=read, queries=queries),
        ]
        if tables <= PEERS_UP_TO:
            contenders += [
                Contender(name="alembic", run=comparison.with_alembic, renew=comparison.renew),
                Contender(name="reflection", run=comparison.with_reflection),
            ]
        # First, while this process has no memory left over that a child could use again.
        memory = measure_memory(contenders)
        found = Result(
            benchmark="diff",
            database=database,
            what=f"{schema}, {what}",
            size=tables,
            unit="tables",
            seconds=compete(contenders, rounds),
            queries=count_queries(contenders),
            megabytes=memory,
        )
        comparison.connection.close()
    return found
