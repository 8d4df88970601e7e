"""The laws that take a database: what is made is read back, and rows come through a change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool

from flaskmig import engine
from flaskmig.dialects import dialect_of
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.order import order
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import AlterEnum
from flaskmig.schema import Schema
from tests.counts import DEEP, examples
from tests.laws.emptied import EmptyDatabases
from tests.laws.judge import shape
from tests.laws.rows import Passage, passages, refused
from tests.laws.strategies import DialectName, schemas
from tests.outlined import outlined
from tests.postgres import Server

# A deep run on a server takes a fifth of the examples; each costs it several times as much.
COUNTS: dict[DialectName, int] = {
    "sqlite": examples(500),
    "postgresql": max(150, examples(150) // 5),
}
# Making a failing example smaller takes minutes with a database; `make test-deep` does it.
PHASES = tuple(Phase) if DEEP else (Phase.explicit, Phase.generate)


@pytest.fixture(scope="module")
def empty_databases(postgresql_server: Server) -> Iterator[EmptyDatabases]:
    """Databases of the server that are empty for each example."""
    found = EmptyDatabases(postgresql_server)
    yield found
    found.close()


@contextmanager
def fresh(
    name: DialectName, request: pytest.FixtureRequest, *, foreign_keys: bool = True
) -> Iterator[Connection]:
    """A connection to an empty database."""
    if name == "postgresql":
        databases: EmptyDatabases = request.getfixturevalue("empty_databases")
        with databases.one() as connection:
            yield connection
        return
    database = sa.create_engine("sqlite://", poolclass=StaticPool)
    with database.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.commit()
        yield connection
    database.dispose()


def create(connection: Connection, schema: Schema) -> None:
    """Make the schema in an empty database, by the dialect's own statements."""
    dialect = dialect_of(connection)
    operations = order(compare(Schema(), schema))
    with dialect.session(connection, key="laws"), dialect.step(connection):
        for statement in dialect.statements(operations, Schema()):
            dialect.run(connection, statement)


@pytest.mark.parametrize("name", COUNTS)
def test_what_is_created_is_read_back(name: DialectName, request: pytest.FixtureRequest) -> None:
    """A schema that was created and read back does not differ from the one that was asked for.

    What its tables are in outline is what they are in full.
    """

    @settings(max_examples=COUNTS[name], phases=PHASES)
    @given(schema=schemas(name))
    def law(schema: Schema) -> None:
        with fresh(name, request) as connection:
            create(connection, schema)
            assert str(engine.diff(schema, connection, include_schemas=True)) == ""
            read = engine.introspect(connection, include_schemas=True)
            assert str(engine.diff(read, connection, include_schemas=True)) == ""
            assert [table.name for table in read.tables] == [t.name for t in schema.tables]
            outlined(connection, read.schemas, read)

    law()


@pytest.mark.parametrize("name", COUNTS)
def test_rows_come_through_a_change_and_back(
    name: DialectName, request: pytest.FixtureRequest
) -> None:
    """After a change the database is like one made anew, and cells that stay hold what they held.

    The way back gives the first database; a change that would need values for a new NOT NULL
    column is refused, and leaves all as it was.
    """

    @settings(max_examples=COUNTS[name], phases=PHASES)
    @given(data=st.data(), rows=st.integers(3, 50), foreign_keys=st.booleans())
    def law(data: DataObject, rows: int, foreign_keys: bool) -> None:
        drawn = data.draw(passages(name))
        with fresh(name, request, foreign_keys=foreign_keys) as connection:
            create(connection, drawn.before)
            first = judged(connection)
            insert(connection, drawn, rows)
            if not moves(connection, drawn):
                event("refused on the way there")
                return
            with fresh(name, request) as other:
                create(other, drawn.after)
                assert judged(connection) == judged(other)
            if not moves(connection, Passage(drawn.after, drawn.before)):
                event("refused on the way back")
                return
            assert judged(connection) == first
            event("there and back")

    law()


def judged(connection: Connection) -> dict[str, Any]:
    """What the raw catalogues tell, read in a transaction that is over then."""
    found = shape(connection)
    connection.rollback()
    return found


def insert(connection: Connection, drawn: Passage, rows: int) -> None:
    """Put rows in; foreign keys are checked when all are there."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET session_replication_role = replica")
        drawn.insert(connection, rows)
        connection.exec_driver_sql("RESET session_replication_role")
    else:
        # The pragma holds until the transaction ends, so there must be one.
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        drawn.insert(connection, rows)
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    connection.commit()


def moves(connection: Connection, drawn: Passage) -> bool:
    """Go from one schema to the other; False where that was rightly refused."""
    before = drawn.cells(connection)
    connection.commit()
    difference = engine.diff(drawn.after, connection, include_schemas=True, detect_renames=False)
    connection.commit()
    if refused(drawn.before, drawn.after):
        shape = engine.introspect(connection, include_schemas=True)
        connection.commit()
        with pytest.raises(UnsupportedOperationError):
            engine.apply(difference, connection)
        connection.rollback()
        left = engine.introspect(connection, include_schemas=True)
        assert replace(left, enums=shape.enums) == shape
        # New values of an enum are committed before anything else, because they must be.
        altered = [each for each in difference.operations if isinstance(each, AlterEnum)]
        grown = {each.after.name: each.after for each in altered if each.only_adds}
        assert all(left.enum(e.name) in (e, grown.get(e.name)) for e in shape.enums)
        assert drawn.cells(connection) == before
        return False
    engine.apply(difference, connection)
    connection.commit()
    assert str(engine.diff(drawn.after, connection, include_schemas=True)) == ""
    outlined(connection, drawn.after.schemas)
    assert drawn.cells(connection) == before
    connection.commit()
    return True
