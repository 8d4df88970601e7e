"""Leaving out of a comparison what outlines show to be the same changes nothing of its outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool

from flaskmig import sql
from flaskmig.dialects import dialect_of
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.detecting.differences import Diff, Renaming, difference
from flaskmig.engine.detecting.scope import Scope
from flaskmig.engine.detecting.sides import read_sides
from flaskmig.engine.models.metadata import Reader
from flaskmig.engine.models.outlines import kind_column, read_outlines
from flaskmig.errors import ConfigurationError, FlaskmigError
from tests.counts import SEED, examples
from tests.laws.emptied import EmptyDatabases
from tests.laws.outlined import Models, changed, metadata_of, random_models
from tests.laws.strategies import DialectName
from tests.postgres import Server

COUNTS: dict[DialectName, int] = {
    "sqlite": examples(100),
    "postgresql": max(25, examples(25) // 5),
}


@pytest.fixture(scope="module")
def empty_databases(postgresql_server: Server) -> Iterator[EmptyDatabases]:
    """Databases of the server that are empty for each example."""
    found = EmptyDatabases(postgresql_server)
    yield found
    found.close()


@contextmanager
def fresh(name: DialectName, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A connection to an empty database."""
    if name == "postgresql":
        databases: EmptyDatabases = request.getfixturevalue("empty_databases")
        with databases.one() as connection:
            yield connection
        return
    database = sa.create_engine("sqlite://", poolclass=StaticPool)
    with database.connect() as connection:
        yield connection
    database.dispose()


def found(metadata: sa.MetaData, connection: Connection, *, outlines: bool, **scope: Any) -> Diff:
    """The difference, with outlines or without."""
    read = partial(read_sides, metadata, connection, Scope(**scope))
    return difference(read, Renaming(), uses_outlines=outlines)


@pytest.mark.parametrize("name", COUNTS)
def test_the_shortcut_changes_nothing(name: DialectName, request: pytest.FixtureRequest) -> None:
    """The operations, notes and both sides are those that are found by reading all in full."""
    left_out = Counter[bool]()
    for example in range(COUNTS[name]):
        random = Random(SEED + example)
        there = random_models(random, 10)
        wanted, done = changed(random, there, random.choice((0, 1, 1, 2, 4)))
        if random.random() < 0.5:
            there, wanted = wanted, there
        with fresh(name, request) as connection:
            if not is_made(there, connection):
                continue
            scope = {"managed": random.choice((None, [f"table_{n:02}" for n in range(5)]))}
            short, full = (
                answer(metadata_of(wanted), connection, outlines=outlines, **scope)
                for outlines in (True, False)
            )
            assert type(short) is type(full), (example, done)
            if not isinstance(short, Diff) or not isinstance(full, Diff):
                assert str(short) == str(full)
                continue
            assert short.operations == full.operations, (example, done)
            assert short.notes == full.notes, (example, done)
            assert short.unmanaged == full.unmanaged, (example, done)
            assert short.rename_candidates == full.rename_candidates, (example, done)
            assert_same_sides(short, full)
            left_out[bool(short.sides.unchanged)] += 1
    assert left_out[True] > COUNTS[name] / 2


def is_made(models: Models, connection: Connection) -> bool:
    """Make them; a change may have left models that no database takes."""
    try:
        metadata_of(models).create_all(connection)
    except sa.exc.DBAPIError:
        connection.rollback()
        return False
    connection.commit()
    return True


def answer(metadata: sa.MetaData, connection: Connection, **options: Any) -> Diff | FlaskmigError:
    try:
        return found(metadata, connection, **options)
    except FlaskmigError as error:
        return error
    finally:
        connection.rollback()


def assert_same_sides(short: Diff, full: Diff) -> None:
    """Both sides are whole: what was left out is there, as the database has it."""
    equivalent = partial(sql.equivalent, dialect=short.dialect.name)
    assert compare(full.current, short.current, equivalent=equivalent) == []
    assert compare(short.desired, full.desired, equivalent=equivalent) == []
    for one, other in ((full.current, short.current), (full.desired, short.desired)):
        sources = [
            {
                (table.name, column.name): (column.type.source, column.default_source)
                for table in side.tables
                for column in table.columns
            }
            for side in (one, other)
        ]
        assert sources[0] == sources[1]


@pytest.mark.parametrize("name", COUNTS)
def test_outlines_of_models_are_their_tables(name: DialectName) -> None:
    """A table that is made of its outline is the one that reading the models in full gives."""
    seen = 0
    dialect = dialect_of_name(name)
    for example in range(60):
        metadata = metadata_of(random_models(Random(SEED + example), 10))
        reader = Reader(dialect)
        for table_name, outline in read_outlines([metadata], reader).outlines.items():
            table = metadata.tables[table_name.name]
            assert outline.table(kind_column) == reader.table(table)
            seen += 1
    assert seen > 200


def dialect_of_name(name: DialectName) -> Any:
    from flaskmig.dialects import dialect_named

    return dialect_named(name)


@pytest.mark.parametrize("name", COUNTS)
def test_outlines_of_a_database_are_its_tables(
    name: DialectName, request: pytest.FixtureRequest
) -> None:
    """A table that is made of its outline is the one that reading the database in full gives."""
    seen = 0
    for example in range(30 if name == "sqlite" else 10):
        with fresh(name, request) as connection:
            metadata_of(random_models(Random(SEED + example), 10)).create_all(connection)
            connection.commit()
            dialect = dialect_of(connection)
            schema = dialect.introspect(connection)
            for outline in dialect.outlines(connection):
                assert outline.table(dialect.outlined_column) == schema.table(outline.name)
                seen += 1
            connection.rollback()
    assert seen > 60


def test_models_that_cannot_be_are_refused_all_the_same(sqlite_engine: sa.Engine) -> None:
    """A table that is declared twice is an error, also where the database has it just so."""
    twice = [sa.MetaData(), sa.MetaData()]
    for metadata in twice:
        sa.Table("a", metadata, sa.Column("id", sa.Integer, primary_key=True))
    twice[0].create_all(sqlite_engine)
    with sqlite_engine.connect() as connection, pytest.raises(ConfigurationError):
        difference(partial(read_sides, twice, connection, Scope()), Renaming())
