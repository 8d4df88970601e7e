"""What belongs to the database system, to an extension or to nobody known is never dropped."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig import engine as flaskmig_engine


def models() -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table("mine", metadata, sa.Column("id", sa.Integer, primary_key=True))
    return metadata


POSTGRESQL = """
CREATE TABLE spatial_ref_sys (srid integer PRIMARY KEY, auth_name varchar(256));
CREATE TYPE valid_detail AS ENUM ('a');
CREATE SEQUENCE topology_id_seq;
CREATE SCHEMA topology;
CREATE TABLE topology.layer (id integer);
CREATE VIEW geometry_columns AS SELECT 1 AS srid;
ALTER EXTENSION plpgsql ADD TABLE spatial_ref_sys;
ALTER EXTENSION plpgsql ADD TYPE valid_detail;
ALTER EXTENSION plpgsql ADD SEQUENCE topology_id_seq;
ALTER EXTENSION plpgsql ADD TABLE topology.layer;
ALTER EXTENSION plpgsql ADD VIEW geometry_columns;
CREATE TABLE events (id integer, day date) PARTITION BY RANGE (day);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_later PARTITION OF events DEFAULT;
CREATE TEMPORARY TABLE scratch (id integer);
"""
SQLITE = """
CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE VIRTUAL TABLE search USING fts5(body);
CREATE INDEX ix_mine ON mine (id);
ANALYZE;
CREATE TEMPORARY TABLE scratch (id integer);
"""


def run(connection: sa.Connection, script: str) -> None:
    for statement in script.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    connection.commit()


def test_system_tables_of_postgresql(postgresql_engine: sa.Engine) -> None:
    """Members of extensions, children of partitioned tables and temporary tables are not seen."""
    models().create_all(postgresql_engine)
    with postgresql_engine.connect() as connection:
        run(connection, POSTGRESQL)
        found = flaskmig_engine.diff(models(), connection, include_schemas=True)
        assert str(found) == "drop table events"
        assert found.unmanaged == ()
        careful = flaskmig_engine.diff(models(), connection, include_schemas=True, managed=[])
        assert str(careful) == ""
        assert [str(name) for name in careful.unmanaged] == ["events"]
        schema = flaskmig_engine.introspect(connection, include_schemas=True)
        assert (schema.enums, schema.sequences) == ((), ())
        assert [str(table.name) for table in schema.tables] == ["events", "mine"]
        assert "geometry_columns" not in [view.name.name for view in schema.views]


def test_system_tables_of_sqlite(sqlite_engine: sa.Engine) -> None:
    """SQLite's own tables, virtual ones and what they keep their data in are not seen."""
    models().create_all(sqlite_engine)
    with sqlite_engine.connect() as connection:
        run(connection, SQLITE)
        found = flaskmig_engine.diff(models(), connection, managed=[])
        assert str(found) == "drop index ix_mine on mine"
        assert [str(name) for name in found.unmanaged] == ["numbered"]


@pytest.mark.parametrize("live", [True, False])
def test_everything_counts_between_databases(engine: sa.Engine, live: bool) -> None:
    """Where the target is a database or its schema, a table that it lacks is dropped."""
    other = models()
    sa.Table("strange", other, sa.Column("id", sa.Integer))
    other.create_all(engine)
    with sa.create_engine("sqlite://").connect() as empty:
        target = empty if live and engine.dialect.name == "sqlite" else flaskmig_engine.Schema()
        found = flaskmig_engine.diff(target, engine)
    assert set(str(found).split("\n")) == {"drop table mine", "drop table strange"}
