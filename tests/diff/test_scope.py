"""What is left out of a comparison, and what is never dropped."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig import engine
from flaskmig.operations import AddColumn, AlterColumn, CreateTable, DropTable
from flaskmig.schema import QualifiedName


def models(*, wider: bool = False) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table(
        "users",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("age", sa.BigInteger if wider else sa.Integer, server_default="1"),
        sa.Column("name", sa.String(20)),
        sa.Index("ix_users_name", "name"),
        sa.UniqueConstraint("name", name="uq_users_name"),
        sa.CheckConstraint("age > 0", name="ck_users_age"),
    )
    return metadata


@pytest.fixture
def database(engine: sa.Engine) -> sa.Engine:
    """A database with the models, a table that nobody knows, and flaskmig's own tables."""
    metadata = models()
    for name in ("strangers", "alembic_version", "flaskmig_journal"):
        sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True))
    metadata.create_all(engine)
    return engine


def test_own_tables_never_appear(database: sa.Engine) -> None:
    """The version table and the journal are no part of either side."""
    names = {table.name.name for table in engine.introspect(database).tables}
    assert names == {"users", "strangers"}
    assert str(engine.diff(models(), database)) == "drop table strangers"


def test_version_table_of_another_name(database: sa.Engine) -> None:
    """Only the version table that the project names is left out."""
    difference = engine.diff(models(), database, version_table="strangers")
    assert str(difference) == "drop table alembic_version"


@pytest.mark.parametrize("managed", [["users"], [QualifiedName("users")], []])
def test_unmanaged_tables_stay(database: sa.Engine, managed: list[Any]) -> None:
    """A table that is not managed is listed and not dropped."""
    difference = engine.diff(models(), database, managed=managed)
    assert not difference
    assert difference.unmanaged == (QualifiedName("strangers"),)


def test_managed_tables_go(database: sa.Engine) -> None:
    """A managed table that the models lack is dropped, and is not listed."""
    difference = engine.diff(models(), database, managed=["strangers"])
    assert [type(operation) for operation in difference] == [DropTable]
    assert difference.unmanaged == ()


def test_enums_of_unmanaged_tables_stay(postgresql_engine: sa.Engine) -> None:
    """Neither the enum of an unmanaged table nor one that no table uses is dropped."""
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("CREATE TYPE mood AS ENUM ('a')")
        connection.exec_driver_sql("CREATE TYPE unused AS ENUM ('a')")
        connection.exec_driver_sql("CREATE SEQUENCE numbers")
        connection.exec_driver_sql("CREATE TABLE strangers (mood mood)")
    assert not engine.diff(sa.MetaData(), postgresql_engine, managed=[])
    assert len(engine.diff(sa.MetaData(), postgresql_engine)) == 4


def test_compare_type_off(database: sa.Engine) -> None:
    """Types are compared unless that is turned off."""
    wider = models(wider=True)
    changed = engine.diff(wider, database, managed=[])
    assert [type(operation) for operation in changed] == [AlterColumn]
    assert not engine.diff(wider, database, managed=[], compare_type=False)


def test_compare_server_default_off(database: sa.Engine) -> None:
    """Server defaults are compared unless that is turned off."""
    other = models()
    other.tables["users"].columns["age"].server_default = sa.DefaultClause("2")
    assert engine.diff(other, database, managed=[])
    assert not engine.diff(other, database, managed=[], compare_server_default=False)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("table", "users"),
        ("column", "name"),
        ("index", "ix_users_name"),
        ("unique_constraint", "uq_users_name"),
        ("check_constraint", "ck_users_age"),
    ],
)
def test_excluded_objects_stay_as_they_are(database: sa.Engine, kind: str, name: str) -> None:
    """What include_object leaves out is not changed, dropped or made, on whichever side it is."""
    seen: list[tuple[Any, ...]] = []

    def include(item: Any, label: str | None, type_: str, reflected: bool, other: Any) -> bool:
        seen.append((type(item).__name__, label, type_, reflected, other is not None))
        return (type_, label) != (kind, name) and label != "strangers"

    empty = sa.MetaData()
    table = sa.Table("users", empty, sa.Column("id", sa.Integer, primary_key=True))
    difference = engine.diff(empty, database, include_object=include)
    assert name not in {word for line in str(difference).split("\n") for word in line.split()}
    # The hook saw a real object of the database, and the models' one beside it for the table.
    assert any(label == name and (reflected or matched) for _, label, _, reflected, matched in seen)
    assert table.name == "users"


def test_excluded_model_is_not_made(sqlite_engine: sa.Engine) -> None:
    """A table of the models that include_object leaves out is not created."""
    difference = engine.diff(models(), sqlite_engine, include_object=lambda *_: False)
    assert not difference
    assert isinstance(next(iter(engine.diff(models(), sqlite_engine))), CreateTable)


def test_include_name(database: sa.Engine) -> None:
    """A name in the database that include_name leaves out stays; others are compared."""

    def include(name: str | None, type_: str, parents: Any) -> bool:
        return (type_, name) != ("table", "strangers")

    assert not engine.diff(models(), database, include_name=include)


def test_skip_autogenerate(sqlite_engine: sa.Engine) -> None:
    """A model that says skip_autogenerate is not made, and not dropped where it is managed."""
    metadata = models()
    metadata.tables["users"].info["skip_autogenerate"] = True
    assert not engine.diff(metadata, sqlite_engine)


def test_other_schemas(postgresql_engine: sa.Engine) -> None:
    """Schemas that the models do not name are only read when all are asked for."""
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA other")
        connection.exec_driver_sql("CREATE TABLE other.things (id integer)")
    assert not engine.diff(sa.MetaData(), postgresql_engine)
    everything = engine.diff(sa.MetaData(), postgresql_engine, include_schemas=True)
    assert str(everything) == "drop table other.things\ndrop schema other"


def test_default_schema_by_name(postgresql_engine: sa.Engine) -> None:
    """Models that spell the default schema out mean the same tables."""
    plain, spelled = sa.MetaData(), sa.MetaData(schema="public")
    for metadata in (plain, spelled):
        sa.Table("a", metadata, sa.Column("id", sa.Integer, primary_key=True))
        sa.Table(
            "b",
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("a_id", sa.ForeignKey("public.a.id" if metadata.schema else "a.id")),
            sa.Column("mood", sa.Enum("x", name="mood", metadata=metadata)),
        )
    plain.create_all(postgresql_engine)
    assert str(engine.diff(spelled, postgresql_engine)) == ""
    assert str(engine.diff(plain, postgresql_engine)) == ""


def test_renames(engine: sa.Engine) -> None:
    """A rename that is said outright is one, and one that is not sure is listed."""
    before, after = sa.MetaData(), sa.MetaData()
    sa.Table("t", before, sa.Column("id", sa.Integer, primary_key=True), sa.Column("x", sa.Text))
    sa.Table("t", after, sa.Column("id", sa.Integer, primary_key=True), sa.Column("y", sa.Text))
    before.create_all(engine)
    undecided = flaskmig_diff(after, engine)
    assert [type(operation) for operation in undecided].count(AddColumn) == 1
    assert len(undecided.undecided) == 1
    said = flaskmig_diff(after, engine, renames={"t.x": "y"})
    assert str(said) == "rename column t.x to y"


def flaskmig_diff(*arguments: Any, **options: Any) -> engine.Diff:
    return engine.diff(*arguments, **options)
