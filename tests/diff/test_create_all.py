"""What ``create_all`` made, and nobody changed, does not differ."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.schema import CreateSchema

from flaskmig import engine
from tests.conftest import MakeDatabase
from tests.models import fresh, sets


def create(metadata: sa.MetaData, bind: sa.Engine) -> None:
    with bind.begin() as connection:
        for schema in {table.schema for table in metadata.tables.values()} - {None}:
            connection.execute(CreateSchema(schema or ""))
        metadata.create_all(connection)


@pytest.mark.parametrize(("name", "database"), list(sets()))
def test_nothing_differs(name: str, database: str, make_database: MakeDatabase) -> None:
    """A database that create_all made has no difference, and nothing that could not be compared."""
    metadata, bind = fresh(name), make_database(database)
    create(metadata, bind)

    difference = engine.diff(metadata, bind)

    assert str(difference) == ""
    assert difference.notes == ()
    assert not difference


@pytest.mark.parametrize(("name", "database"), list(sets()))
def test_comparing_leaves_nothing_behind(
    name: str, database: str, make_database: MakeDatabase
) -> None:
    """Comparing in the caller's transaction keeps it open and changes nothing in the database."""
    metadata, bind = fresh(name), make_database(database)
    create(metadata, bind)
    with bind.connect() as connection:
        before = engine.introspect(connection, include_schemas=True)
        with connection.begin_nested() if connection.in_transaction() else connection.begin():
            engine.diff(sa.MetaData(), connection)
            engine.diff(metadata, connection)
            assert connection.in_transaction()
        assert engine.introspect(connection, include_schemas=True) == before


@pytest.mark.parametrize(("name", "database"), list(sets()))
def test_models_against_nothing_and_back(
    name: str, database: str, make_database: MakeDatabase
) -> None:
    """Applied to an empty database a diff makes all of the models, its reverse empties it."""
    metadata, bind = fresh(name), make_database(database)
    with bind.connect() as connection:
        empty = engine.introspect(connection)
        difference = engine.diff(metadata, connection)
        engine.apply(difference, connection)
        assert str(engine.diff(metadata, connection)) == ""
        engine.apply(difference.reverse(), connection)
        assert engine.introspect(connection, include_schemas=True) == empty
