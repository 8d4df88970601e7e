"""Whole sets of models through the public commands, judged by others than flaskmig."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy.engine import Connection, Engine

import flaskmig
from flaskmig import engine as flaskmig_engine
from tests.conftest import MakeDatabase
from tests.live.catalogue import OWN_TABLES, everything, postgresql_dump, sqlite_shape
from tests.models import fresh, sets
from tests.postgres import Server

# The outside judge says what it cannot look at.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::sqlalchemy.exc.SAWarning")

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def example_metadata(request: pytest.FixtureRequest) -> Iterator[sa.MetaData]:
    """The models of one of the examples, imported as its own folder has them."""
    folder, module_name = request.param
    sys.path.insert(0, str(EXAMPLES / folder))
    try:
        module: ModuleType = importlib.import_module(module_name)
        yield module.db.metadata
    finally:
        sys.path.remove(str(EXAMPLES / folder))
        for name in [
            name for name in sys.modules if name.split(".")[0] == module_name.split(".")[0]
        ]:
            del sys.modules[name]


@pytest.mark.parametrize(("name", "database"), list(sets()))
def test_models_become_a_database_and_go_again(
    name: str,
    database: str,
    make_database: MakeDatabase,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """A migrated database equals one of create_all to every judge, and downgrade empties it."""
    assert_round_trip(fresh(name), database, make_database, tmp_path, request)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize(
    "example_metadata", [("minimal", "app"), ("blog", "blog.models")], indirect=True
)
def test_models_of_the_examples(
    example_metadata: sa.MetaData,
    database: str,
    make_database: MakeDatabase,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """The models of each example pass the same judges as the sets do."""
    assert_round_trip(example_metadata, database, make_database, tmp_path, request)


def assert_round_trip(
    metadata: sa.MetaData,
    database: str,
    make_database: MakeDatabase,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    engine = make_database(database)
    app = Flask("model_set")
    flaskmig.Migrate(
        app,
        metadata=metadata,
        engine=engine,
        directory=str(tmp_path / "migrations"),
        include_schemas=bool(schemas_of(metadata)),
    )
    with app.app_context():
        flaskmig.init()
        flaskmig.migrate(message="everything")
        flaskmig.upgrade()
        with engine.connect() as connection:
            assert alembic_differences(connection, metadata) == []
            assert str(flaskmig_engine.diff(metadata, connection)) == ""
            assert not flaskmig_engine.diff(metadata, connection)
        compare_with_create_all(metadata, engine, make_database, request)
        flaskmig.downgrade(revision="base")
    with engine.connect() as connection:
        assert everything(connection) == set()


def compare_with_create_all(
    metadata: sa.MetaData,
    engine: Engine,
    make_database: MakeDatabase,
    request: pytest.FixtureRequest,
) -> None:
    peer = make_database(engine.dialect.name)
    with peer.begin() as connection:
        for schema in schemas_of(metadata):
            connection.execute(sa.schema.CreateSchema(schema))
        metadata.create_all(connection)
    if engine.dialect.name == "postgresql":
        server: Server = request.getfixturevalue("postgresql_server")
        ours, theirs = (str(each.url.database) for each in (engine, peer))
        assert postgresql_dump(server, ours) == postgresql_dump(server, theirs)
    else:
        with engine.connect() as ours_connection, peer.connect() as theirs_connection:
            assert sqlite_shape(ours_connection) == sqlite_shape(theirs_connection)


def alembic_differences(connection: Connection, metadata: sa.MetaData) -> list[Any]:
    """What Alembic would still change, flaskmig's journal apart."""
    options = {
        "include_schemas": bool(schemas_of(metadata)),
        "include_name": lambda name, kind, parents: kind != "table" or name not in OWN_TABLES,
        "compare_type": True,
        "compare_server_default": True,
    }
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


def schemas_of(metadata: sa.MetaData) -> list[str]:
    return sorted({table.schema for table in metadata.tables.values() if table.schema})
