"""What a database has, read by itself: engine.introspect beside reflection and raw queries."""

from __future__ import annotations

import sqlalchemy as sa

from benchmarks.contest import Contender, Result, compete, count_queries, measure_memory
from benchmarks.databases import create, empty_database
from benchmarks.floor import reading
from benchmarks.schemas import GENERATORS
from flaskmig import engine as flaskmig_engine

# Reflection takes minutes beyond it.
REFLECTION_UP_TO = 2000


class Reading:
    """A full database and a connection to it that can be made anew."""

    def __init__(self, engine: sa.Engine, schemas: list[str]) -> None:
        self.engine = engine
        self.schemas = schemas
        self.connection = engine.connect()

    def renew(self) -> None:
        """A connection of this process: that of its parent is not for it."""
        self.engine.dispose(close=False)
        self.connection = self.engine.connect()

    def with_flaskmig(self) -> None:
        flaskmig_engine.introspect(self.connection, schemas=self.schemas)
        self.connection.rollback()

    def with_reflection(self) -> None:
        found = sa.MetaData()
        for schema in (None, *self.schemas):
            found.reflect(self.connection, schema=schema)
        self.connection.rollback()


def run(database: str, tables: int, rounds: int, *, schema: str = "flat") -> Result:
    """Measure on one database of so many tables."""
    metadata = GENERATORS[schema](tables, 0)
    with empty_database(database) as engine:
        create(metadata, engine)
        names = {table.schema for table in metadata.tables.values() if table.schema}
        each = Reading(engine, sorted(names))
        read, queries = reading(each.connection, each.schemas)
        contenders = [
            Contender(name="flaskmig", run=each.with_flaskmig, renew=each.renew),
            Contender(name="raw queries", run=read, queries=queries),
        ]
        if tables <= REFLECTION_UP_TO:
            contenders.append(
                Contender(name="reflection", run=each.with_reflection, renew=each.renew)
            )
        memory = measure_memory(contenders)
        found = Result(
            benchmark="introspection",
            database=database,
            what=schema,
            size=tables,
            unit="tables",
            seconds=compete(contenders, rounds),
            queries=count_queries(contenders),
            megabytes=memory,
        )
        each.connection.close()
    return found
