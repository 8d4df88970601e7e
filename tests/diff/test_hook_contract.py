"""include_object and include_name are asked what Alembic asks them; its own run is the judge."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from flaskmig import engine as flaskmig_engine


class Asked(NamedTuple):
    """One call of include_object."""

    item: str
    name: str | None
    kind: str
    reflected: bool
    compared: bool


def models(*, new: bool) -> sa.MetaData:
    """Two releases, with one object of each kind added, dropped, changed and kept."""
    metadata = sa.MetaData()
    sa.Table("parents", metadata, sa.Column("id", sa.Integer, primary_key=True))
    sa.Table("new" if new else "old", metadata, sa.Column("id", sa.Integer, primary_key=True))
    users = sa.Table(
        "users",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kept", sa.String(20)),
        sa.Column("second", sa.String(20)),
        sa.Column("parent_id", sa.Integer),
        sa.Column("other_id", sa.Integer),
        sa.Column("added" if new else "dropped", sa.Integer),
        sa.Index("ix_changed", "kept", "second" if new else "id"),
        sa.Index("ix_added" if new else "ix_dropped", "second" if new else "kept"),
        sa.UniqueConstraint(
            "kept", "second" if new else "id", name="uq_added" if new else "uq_dropped"
        ),
    )
    column = users.c.other_id if new else users.c.parent_id
    name = "fk_added" if new else "fk_dropped"
    users.append_constraint(sa.ForeignKeyConstraint([column.name], ["parents.id"], name=name))
    users.append_constraint(
        sa.CheckConstraint("id > 1" if new else "id > 2", name="ck_added" if new else "ck_dropped")
    )
    return metadata


class Hooks:
    """Both hooks, with what they were asked."""

    def __init__(self) -> None:
        self.objects: set[Asked] = set()
        self.names: set[tuple[Any, ...]] = set()

    def include_object(
        self, item: Any, name: str | None, kind: str, reflected: bool, other: Any
    ) -> bool:
        assert other is None or isinstance(other, type(item))
        self.objects.add(Asked(type(item).__name__, name, kind, reflected, other is not None))
        return True

    def include_name(self, name: str | None, kind: str, parents: Any) -> bool:
        self.names.add((name, kind, tuple(sorted(parents.items(), key=str))))
        return True


def test_asked_what_alembic_asks(engine: sa.Engine) -> None:
    """Whatever Alembic asks the hooks about a difference, flaskmig asks in the same words."""
    models(new=False).create_all(engine)
    theirs, ours = Hooks(), Hooks()
    with engine.connect() as connection:
        options = {
            "include_object": theirs.include_object,
            "include_name": theirs.include_name,
            "target_metadata": models(new=True),
        }
        compare_metadata(MigrationContext.configure(connection, opts=options), models(new=True))
    flaskmig_engine.diff(
        models(new=True),
        engine,
        include_object=ours.include_object,
        include_name=ours.include_name,
    )
    kinds = {asked.kind for asked in theirs.objects}
    assert kinds >= {
        "table", "column", "index", "unique_constraint", "foreign_key_constraint",
    }  # fmt: skip
    assert theirs.objects - ours.objects == set()
    # On PostgreSQL it asks about the index behind a unique constraint as well.
    behind = {asked for asked in theirs.names if asked[:2] == ("uq_dropped", "index")}
    assert theirs.names - behind - ours.names == set()
    assert {asked.kind for asked in ours.objects} == kinds | {"check_constraint"}
    assert {kind for _, kind, _ in ours.names} == {asked.kind for asked in ours.objects} | {
        "schema"
    }


OBJECTS = [
    ("table", "new", "create table new"),
    ("table", "old", "drop table old"),
    ("column", "added", "add column users.added"),
    ("column", "dropped", "drop column users.dropped"),
    ("index", "ix_added", "create index ix_added"),
    ("index", "ix_dropped", "drop index ix_dropped"),
    ("index", "ix_changed", "index ix_changed"),
    ("unique_constraint", "uq_added", "uq_added"),
    ("unique_constraint", "uq_dropped", "uq_dropped"),
    ("foreign_key_constraint", "fk_added", "fk_added"),
    ("foreign_key_constraint", "fk_dropped", "fk_dropped"),
    ("check_constraint", "ck_added", "ck_added"),
    ("check_constraint", "ck_dropped", "ck_dropped"),
]


def difference(engine: sa.Engine, **options: Any) -> str:
    return str(flaskmig_engine.diff(models(new=True), engine, detect_renames=False, **options))


@pytest.mark.parametrize(("kind", "name", "words"), OBJECTS)
def test_include_object_of_each_kind(engine: sa.Engine, kind: str, name: str, words: str) -> None:
    """Each kind of object is left as it is where include_object says so, and only that one."""
    models(new=False).create_all(engine)
    whole = difference(engine).split("\n")

    def include(item: Any, label: str | None, type_: str, reflected: bool, other: Any) -> bool:
        return (type_, label) != (kind, name)

    left = difference(engine, include_object=include).split("\n")
    gone = [line for line in whole if line not in left]
    assert gone
    assert all(words in line for line in gone)
    assert not any(words in line for line in left)


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [each for each in OBJECTS if each[1] != "new" and "added" not in each[1]],
)
def test_include_name_of_each_kind(engine: sa.Engine, kind: str, name: str, words: str) -> None:
    """A name of the database that include_name leaves out is neither dropped nor changed."""
    models(new=False).create_all(engine)
    left = difference(engine, include_name=lambda label, type_, _: (type_, label) != (kind, name))
    assert not any(words in line for line in left.split("\n"))
    assert "add column users.added" in left


def test_include_name_of_schemas(postgresql_engine: sa.Engine) -> None:
    """include_name is asked about schemas, None for the default one, and leaves out whole ones."""
    sa.Table("here", metadata := sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True))
    metadata.create_all(postgresql_engine)
    with postgresql_engine.begin() as connection:
        for schema in ("mine", "theirs"):
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
            connection.exec_driver_sql(f"CREATE TABLE {schema}.t (id integer)")
    asked: set[str | None] = set()

    def include(name: str | None, kind: str, _: Any) -> bool:
        if kind == "schema":
            asked.add(name)
        return kind != "schema" or name != "theirs"

    found = flaskmig_engine.diff(
        metadata, postgresql_engine, include_schemas=True, include_name=include
    )
    assert asked == {None, "mine", "theirs"}
    assert str(found) == "drop table mine.t\ndrop schema mine"


@pytest.mark.parametrize("part", ["column", "index", "unique", "check"])
def test_skip_autogenerate_of_parts(engine: sa.Engine, part: str) -> None:
    """A column, index or constraint with skip_autogenerate is neither made nor dropped."""
    info = {"skip_autogenerate": True}

    def users(*, extra: bool) -> sa.MetaData:
        metadata = sa.MetaData()
        table = sa.Table(
            "users",
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("name", sa.String(20)),
        )
        if extra and part == "column":
            table.append_column(sa.Column("extra", sa.Integer, info=info))
        elif extra and part == "index":
            sa.Index("ix_extra", table.c.name, info=info)
        elif extra and part == "unique":
            table.append_constraint(sa.UniqueConstraint("name", name="extra", info=info))
        elif extra:
            table.append_constraint(sa.CheckConstraint("id > 1", name="extra", info=info))
        return metadata

    users(extra=False).create_all(engine)
    assert str(flaskmig_engine.diff(users(extra=True), engine)) == ""
