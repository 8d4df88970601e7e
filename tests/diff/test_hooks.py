"""``compare_type``, ``compare_server_default``, ``render_item`` and ``renamed_from`` of models."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from flaskmig import engine
from flaskmig.errors import ConfigurationError


class Money(TypeDecorator[Decimal]):
    """A type that a file could only reach by an import of this test."""

    impl = sa.Numeric
    cache_ok = True


def users(*columns: sa.Column[Any], name: str = "users", **options: Any) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True), *columns, **options)
    return metadata


@pytest.fixture
def database(engine: sa.Engine) -> sa.Engine:
    """A database of each kind with a table whose column ``age`` has a type and a default."""
    users(sa.Column("age", sa.Integer, server_default="1")).create_all(engine)
    return engine


WIDER = users(sa.Column("age", sa.BigInteger, server_default="2"))


@pytest.mark.parametrize(("answer", "text"), [(False, ""), (None, "change column users.age: type")])
def test_compare_type(database: sa.Engine, answer: bool | None, text: str) -> None:
    """The function gets both columns and types; False is alike, None is decided without it."""
    seen: dict[str, Any] = {}

    def compare(context: Any, inspected: Any, model: Any, before: Any, after: Any) -> bool | None:
        seen[model.name] = (context.dialect.name, inspected, before, after)
        assert model.table.name == inspected.table.name == "users"
        return answer

    found = engine.diff(WIDER, database, compare_type=compare, compare_server_default=False)
    assert len(found) == bool(text)
    assert set(seen) == {"id", "age"}
    name, inspected, before, after = seen["age"]
    assert name == database.dialect.name
    assert isinstance(inspected, sa.Column)
    assert isinstance(before, sa.Integer)
    assert isinstance(after, sa.BigInteger)
    assert found.notes == ()


@pytest.mark.parametrize(("answer", "count"), [(False, 0), (None, 1)])
def test_compare_server_default(database: sa.Engine, answer: bool | None, count: int) -> None:
    """The function gets the columns that have a default on either side, and both defaults."""
    seen: dict[str, Any] = {}

    def compare(
        context: Any, inspected: Any, model: Any, before: Any, after: Any, rendered: Any
    ) -> bool | None:
        seen[model.name] = (before, after.arg, rendered)
        return answer

    found = engine.diff(WIDER, database, compare_type=False, compare_server_default=compare)
    assert len(found) == count
    [(before, after, rendered)] = seen.values()
    assert ("1" in before, after) == (True, "2")
    assert "2" in rendered


def test_different_by_the_function(postgresql_engine: sa.Engine) -> None:
    """True is a difference also where the database would call the two spellings one."""
    made = users(sa.Column("at", sa.DateTime, server_default=sa.text("now()")))
    made.create_all(postgresql_engine)
    same = users(sa.Column("at", sa.DateTime, server_default=sa.text("NOW ( )")))
    assert not engine.diff(same, postgresql_engine)
    other = users(sa.Column("at", sa.DateTime, server_default=sa.text("transaction_timestamp()")))
    found = engine.diff(other, postgresql_engine, compare_server_default=lambda *_: True)
    assert len(found) == 1
    assert "transaction_timestamp" in found.sql()


def test_different_without_a_difference(database: sa.Engine) -> None:
    """True where both sides have the same type changes nothing, and a note says so."""
    same = users(sa.Column("age", sa.Integer, server_default="1"))
    found = engine.diff(same, database, compare_type=lambda *_: True)
    assert not found
    assert any("compare_type calls users.age different" in note for note in found.notes)


def test_rules_after_a_rename(database: sa.Engine) -> None:
    """What does not count does not count in a table that is renamed either."""
    renamed = users(sa.Column("age", sa.BigInteger, server_default="2"), name="people")
    for off in (False, lambda *_: False):
        found = engine.diff(
            renamed,
            database,
            renames=["table:users:people"],
            compare_type=off,
            compare_server_default=off,
        )
        assert str(found) == "rename table users to people"


def test_schemas_of_the_models(postgresql_engine: sa.Engine) -> None:
    """include_schemas="from_metadata" reads the schemas that models name, and no others."""
    with postgresql_engine.begin() as connection:
        for schema in ("named", "other"):
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
            connection.exec_driver_sql(f"CREATE TABLE {schema}.things (id integer)")
    metadata = sa.MetaData()
    sa.Table("kept", metadata, sa.Column("id", sa.Integer), schema="named")
    found = engine.diff(metadata, postgresql_engine, include_schemas="from_metadata")
    assert str(found).split("\n") == ["create table named.kept", "drop table named.things"]


def test_render_item(database: sa.Engine) -> None:
    """The function writes what it knows with its imports, leaves out None, passes with False."""
    kinds: list[tuple[str, str]] = []

    def render(kind: str, item: Any, context: Any) -> str | bool | None:
        kinds.append((kind, type(item).__name__))
        if kind == "type" and isinstance(item, Money):
            context.imports.add("from myapp import types as own")
            return f'own.Money("{context.dialect.name}")'
        if kind == "server_default" and str(item.arg) == "7":
            return 'sa.text("6 + 1")'
        if kind in ("column", "check", "unique") and item.name in ("secret", "ck_a", "uq_a"):
            return None
        return False

    metadata = users(
        sa.Column("age", Money, server_default="7"), sa.Column("secret", sa.Text), name="users"
    )
    sa.Table(
        "prices",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("amount", Money, nullable=False),
        sa.Column("secret", sa.Text),
        sa.Column("user_id", sa.ForeignKey("users.id")),
        sa.CheckConstraint("amount > 0", name="ck_a"),
        sa.UniqueConstraint("amount", name="uq_a"),
    )
    found = engine.diff(metadata, database, render_item=render)
    text = found.python()
    assert "from myapp import types as own\n" in text
    assert f'sa.Column("amount", own.Money("{database.dialect.name}"), nullable=False)' in text
    assert 'server_default=sa.text("6 + 1")' in text
    for name in ("secret", "ck_a", "uq_a"):
        assert name not in text
    assert {kind for kind, _ in kinds} >= {
        "column", "type", "server_default", "primary_key", "foreign_key", "check", "unique",
    }  # fmt: skip
    assert ("foreign_key", "ForeignKeyConstraint") in kinds
    kinds.clear()
    assert "op.drop_table" in found.reverse().python()


def test_render_item_sees_what_only_the_database_has(database: sa.Engine) -> None:
    """A table that comes back in a downgrade is shown as objects made of the database's."""
    seen: list[Any] = []

    def render(kind: str, item: Any, context: Any) -> bool:
        seen.append(item)
        return False

    back = engine.diff(sa.MetaData(), database, render_item=render).reverse()
    assert "op.create_table" in back.python()
    assert [item.name for item in seen if isinstance(item, sa.Column)] == ["id", "age"]
    [key] = [item for item in seen if isinstance(item, sa.PrimaryKeyConstraint)]
    assert [column.name for column in key.columns] == ["id"]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("own.Money()", "imports own"),
        ("lambda: 1", "Lambda"),
        ("own.(", "invalid syntax"),
        (None, "needs its type"),
        (5, "no text"),
    ],
)
def test_render_item_out_of_place(database: sa.Engine, given: Any, what: str) -> None:
    """What cannot stand in a revision file is an error that names it, not a broken file."""
    found = engine.diff(
        users(sa.Column("price", Money)),
        database,
        render_item=lambda kind, *_: given if kind == "type" else False,
    )
    with pytest.raises(ConfigurationError, match=what) as caught:
        found.python()
    assert "render_item" in caught.value.message


def test_former_names(database: sa.Engine) -> None:
    """renamed_from of a table and of a column is a rename, asked of nobody."""
    people = users(
        sa.Column("years", sa.Integer, server_default="1", info={"renamed_from": "age"}),
        name="people",
        info={"renamed_from": "users"},
    )
    found = engine.diff(people, database)
    assert str(found).split("\n") == [
        "rename table users to people",
        "rename column people.age to years",
    ]
    assert found.notes == ()
    assert found.rename_candidates == ()


def test_former_names_that_are_left_over(database: sa.Engine) -> None:
    """A former name whose rename is done is mentioned, once, and changes nothing."""
    done = users(
        sa.Column("age", sa.Integer, server_default="1", info={"renamed_from": "years"}),
        info={"renamed_from": "people"},
    )
    found = engine.diff(done, database)
    assert not found
    assert sum("users.years:age" in note for note in found.notes) == 1
    assert sum("table:people:users" in note for note in found.notes) == 1


def test_former_names_of_other_schemas(postgresql_engine: sa.Engine) -> None:
    """A former name may have its schema, and without one it was in the table's own."""
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA app")
        connection.exec_driver_sql("CREATE TABLE app.a (id integer PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE c (id integer PRIMARY KEY)")
    metadata = sa.MetaData()
    key = (sa.Column("id", sa.Integer, primary_key=True, autoincrement=False) for _ in "12")
    sa.Table("b", metadata, next(key), schema="app", info={"renamed_from": "a"})
    sa.Table("d", metadata, next(key), info={"renamed_from": "public.c"})
    found = engine.diff(metadata, postgresql_engine)
    assert set(str(found).split("\n")) == {
        "rename table app.a to app.b",
        "rename table c to d",
    }


def test_former_name_that_is_none(database: sa.Engine) -> None:
    """renamed_from that is no name is an error that says where it stands."""
    with pytest.raises(ConfigurationError, match=r"users\.age"):
        engine.diff(users(sa.Column("age", sa.Integer, info={"renamed_from": ["x"]})), database)
