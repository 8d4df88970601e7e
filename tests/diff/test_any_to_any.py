"""Models, databases, schemas and snapshots on either side, in every pair and both directions."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig import engine as flaskmig_engine
from flaskmig.engine import Snapshot
from flaskmig.errors import ConfigurationError
from tests.conftest import MakeDatabase
from tests.diff import pairs

KINDS = ("models", "connection", "engine", "schema", "snapshot")
LIVE = ("connection", "engine")


class Side:
    """One release in all the shapes that a side may have."""

    def __init__(self, database: sa.Engine, metadata: sa.MetaData) -> None:
        self.engine = database
        self.metadata = metadata
        metadata.create_all(database)
        pairs.fill(database)

    def shape(self, kind: str, connection: sa.Connection) -> Any:
        schema = flaskmig_engine.introspect(self.engine)
        found = {
            "models": self.metadata,
            "connection": connection,
            "engine": self.engine,
            "schema": schema,
            "snapshot": Snapshot.read(
                Snapshot(schema=schema, database=self.engine.dialect.name).text()
            ),
        }
        return found[kind]


@pytest.fixture(params=["upwards", "downwards"])
def sides(
    request: pytest.FixtureRequest, engine: sa.Engine, make_database: MakeDatabase
) -> tuple[Side, Side]:
    """The side to reach and the one that is there, each in a database of its own, with rows."""
    name = engine.dialect.name
    releases = [pairs.after(name), pairs.before(name)]
    if request.param == "downwards":
        releases.reverse()
    return Side(engine, releases[0]), Side(make_database(name), releases[1])


def test_every_pair(sides: tuple[Side, Side]) -> None:
    """Each pair of shapes finds the same difference, and looking changes no row."""
    target, current = sides
    name = target.engine.dialect.name
    found = {}
    with target.engine.connect() as one, current.engine.connect() as other:
        for kinds in product(KINDS, KINDS):
            difference = flaskmig_engine.diff(
                target.shape(kinds[0], one),
                current.shape(kinds[1], other),
                dialect=name,
                spelled_by=current.engine,
            )
            assert difference.notes == (), kinds
            # Models have their own words for what the database spells in its own.
            text = re.sub(r": check \(.*\)", "", str(difference))
            if kinds[0] == "models" and "drop view hidden" in text:
                # What models do not declare they leave alone, so it comes back.
                assert "\ncreate view hidden\n" in text
                text = text.replace("create view hidden\n", "")
            found[kinds] = text
    assert len(found["models", "engine"].split("\n")) > 8
    assert len(set(found.values())) == 1
    assert all("view members" in text and "view hidden" in text for text in found.values())
    assert not any("view kept" in text for text in found.values())
    assert pairs.rows(target.engine) == pairs.rows(current.engine) == pairs.ROWS


@pytest.mark.parametrize("kind", KINDS)
def test_applied(sides: tuple[Side, Side], kind: str) -> None:
    """What a pair finds, applied to the database, leaves no difference and keeps the rows."""
    target, current = sides
    with target.engine.connect() as one, current.engine.connect() as other:
        wanted = target.shape(kind, one)
        difference = flaskmig_engine.diff(wanted, other)
        assert difference
        flaskmig_engine.apply(difference, other)
        for again in (other, flaskmig_engine.introspect(other)):
            left = flaskmig_engine.diff(wanted, again, dialect=other.dialect.name, spelled_by=one)
            assert str(left) == ""
    assert pairs.rows(current.engine) == pairs.ROWS
    with current.engine.connect() as other:
        flaskmig_engine.apply(difference.reverse(), other)
    assert str(flaskmig_engine.diff(current.metadata, current.engine)) == ""
    assert pairs.rows(current.engine) == pairs.ROWS


@pytest.mark.parametrize("kind", KINDS)
def test_applied_to_values(sides: tuple[Side, Side], kind: str) -> None:
    """A schema that the operations are applied to has nothing left to become the other side."""
    target, current = sides
    with target.engine.connect() as one:
        wanted = target.shape(kind, one)
        difference = flaskmig_engine.diff(
            wanted, current.shape("snapshot", one), spelled_by=current.engine
        )
    reached = difference.current
    for operation in difference:
        reached = operation.apply(reached)
    assert str(flaskmig_engine.diff(difference.desired, reached, dialect=one.dialect.name)) == ""


def test_no_database_to_ask(sides: tuple[Side, Side]) -> None:
    """Where only texts are there, what they cannot tell is said, on PostgreSQL."""
    target, current = sides
    name = target.engine.dialect.name
    metadata = target.metadata
    schema = flaskmig_engine.introspect(target.engine)
    difference = flaskmig_engine.diff(metadata, schema, dialect=name)
    if name == "sqlite":
        assert (str(difference), difference.notes) == ("", ())
        return
    assert any("not comparable" in note and "users" in note for note in difference.notes)
    assert difference.to_json()["notes"] == list(difference.notes)
    for pair in ((metadata, schema), (schema, metadata)):
        asked = flaskmig_engine.diff(*pair, spelled_by=current.engine)
        assert (str(asked), asked.notes) == ("", ())


def test_two_databases_in_other_schemas(
    postgresql_engine: sa.Engine, make_database: MakeDatabase
) -> None:
    """Other schemas of two databases are read where they are named, or where all are."""
    other = make_database("postgresql")
    for database, names in ((postgresql_engine, "ab"), (other, "bc")):
        with database.begin() as connection:
            for name in names:
                connection.exec_driver_sql(f"CREATE SCHEMA {name}")
                connection.exec_driver_sql(f"CREATE TABLE {name}.t (id integer)")
    assert not flaskmig_engine.diff(postgresql_engine, other)
    named = flaskmig_engine.diff(postgresql_engine, other, schemas=["a"])
    assert str(named) == "create schema a\ncreate table a.t"
    everything = flaskmig_engine.diff(postgresql_engine, other, include_schemas=True)
    assert set(str(everything).split("\n")) == {
        "create schema a", "create table a.t", "drop table c.t", "drop schema c",
    }  # fmt: skip


def test_snapshot_of_another_database(sqlite_engine: sa.Engine) -> None:
    """A snapshot is for one kind of database, and is compared with no other."""
    taken = Snapshot(schema=flaskmig_engine.introspect(sqlite_engine), database="postgresql")
    with pytest.raises(ConfigurationError, match="different databases"):
        flaskmig_engine.diff(taken, sqlite_engine)


@pytest.mark.parametrize("target", [True, False])
def test_tables_that_are_left_alone(engine: sa.Engine, target: bool) -> None:
    """A table of which the models say skip_autogenerate is neither dropped nor made."""
    metadata, left = sa.MetaData(), sa.MetaData()
    for each in (metadata, left):
        sa.Table("kept", each, sa.Column("id", sa.Integer, primary_key=True))
    sa.Table("own", metadata, sa.Column("id", sa.Integer))
    sa.Table("own", left, sa.Column("other", sa.Integer), info={"skip_autogenerate": True})
    metadata.create_all(engine)
    pair = (left, engine) if target else (engine, left)
    assert str(flaskmig_engine.diff(*pair)) == ""
