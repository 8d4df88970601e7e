"""Revision files written against one database and run on the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig import engine as flaskmig_engine
from tests.capabilities import NULLS_NOT_DISTINCT, TABLE_STRICT, TABLE_WITH, UNIQUE_INCLUDE
from tests.conftest import MakeDatabase
from tests.live.catalogue import everything
from tests.models import fresh

# Not among the sets: Alembic, their judge, cannot compare defaults of this type.
plain_json = sa.MetaData()
sa.Table("notes", plain_json, sa.Column("data", sa.JSON, nullable=False, server_default="{}"))

# By the convention these names are longer than PostgreSQL's 63 bytes; SQLite takes any.
LONG = "a_column_whose_name_says_all_that_there_is_to_say"
long_names = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
sa.Table(
    "a_table_with_a_long_name",
    long_names,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(LONG, sa.Integer, index=True),
    sa.UniqueConstraint(LONG, "id"),
    sa.CheckConstraint(f"{LONG} > 0", name=f"{LONG}_is_positive"),
)


def set_apart() -> sa.MetaData:
    """Models that say something for one kind of database alone."""
    metadata = sa.MetaData()
    storage: dict[str, Any] = {"postgresql_with": {"fillfactor": 70}} if TABLE_WITH else {}
    strict: dict[str, Any] = {"sqlite_strict": True} if TABLE_STRICT else {}
    nulls: dict[str, Any] = {"postgresql_nulls_not_distinct": True} if NULLS_NOT_DISTINCT else {}
    include: dict[str, Any] = {"postgresql_include": ["kind"]} if UNIQUE_INCLUDE else {}
    sa.Table(
        "shelves",
        metadata,
        sa.Column("id", sa.Integer, sa.Identity(start=10), primary_key=True),
        sa.Column("name", sa.Text, nullable=False, sqlite_on_conflict_not_null="FAIL"),
        sa.Column("kind", sa.Text, comment="what stands there"),
        sa.Column("place", sa.Integer),
        sa.UniqueConstraint("kind", "name", sqlite_on_conflict="IGNORE", **nulls),
        sa.UniqueConstraint("place", name="one_place", **include),
        comment="where things are",
        **storage,
        **strict,
    )
    key = sa.Column("id", sa.Integer, primary_key=True)
    sa.Table("numbers", metadata, key, sqlite_autoincrement=True)
    return metadata


MODELS = (
    "composite_keys",
    "custom_types",
    "documents",
    "inheritance",
    "many_to_many",
    "mutual_references",
    "plain_json",
    "portable",
    "server_side",
    "set_apart",
)


def models_of(name: str) -> sa.MetaData:
    if name == "set_apart":
        return set_apart()
    return plain_json if name == "plain_json" else fresh(name)


@contextmanager
def project(metadata: sa.MetaData, engine: sa.Engine, folder: Path) -> Iterator[None]:
    app = Flask("portable")
    flaskmig.Migrate(app, metadata=metadata, engine=engine, directory=str(folder))
    with app.app_context():
        yield


def write(metadata: sa.MetaData, engine: sa.Engine, folder: Path) -> str:
    """The text of the file that makes the models, as it is written against an empty database."""
    with project(metadata, engine, folder):
        flaskmig.init()
        flaskmig.migrate(message="everything")
        [file] = (folder / "versions").glob("*.py")
        return file.read_text()


def assert_runs(metadata: sa.MetaData, engine: sa.Engine, folder: Path) -> None:
    with project(metadata, engine, folder):
        flaskmig.upgrade()
        with engine.connect() as connection:
            assert str(flaskmig_engine.diff(metadata, connection)) == ""
        flaskmig.downgrade(revision="base")
        with engine.connect() as connection:
            assert everything(connection) == set()
        flaskmig.upgrade()


def test_long_names_are_cut_as_the_models_have_them(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    """Names that SQLite takes whole are made on PostgreSQL as SQLAlchemy cuts them."""
    folder = tmp_path / "migrations"
    text = write(long_names, make_database("sqlite"), folder)
    assert f"uq_a_table_with_a_long_name_{LONG}_id" in text
    assert_runs(long_names, make_database("postgresql"), folder)


@pytest.mark.parametrize("models", MODELS)
@pytest.mark.parametrize(("written", "run"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_file_runs_on_the_other_database(
    models: str, written: str, run: str, make_database: MakeDatabase, tmp_path: Path
) -> None:
    """A file that was written against one database makes the models on the other, and goes back."""
    metadata = models_of(models)
    write(metadata, make_database(written), tmp_path / "migrations")
    assert_runs(metadata, make_database(run), tmp_path / "migrations")


def test_defaults_are_written_as_the_models_have_them(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    """The files of both databases say the same of server defaults, in no database's words."""
    columns = [
        [
            line.strip()
            for line in write(fresh("portable"), make_database(name), tmp_path / name).splitlines()
            if "server_default" in line
        ]
        for name in ("sqlite", "postgresql")
    ]
    assert columns[0] == columns[1]
    found = " ".join(columns[0])
    for code in ('"nobody"', "sa.false()", "sa.func.now()", '"{}"', "sa.func.coalesce(1, "):
        assert f"server_default={code}" in found


def test_enum_types_go_with_their_last_column(make_database: MakeDatabase, tmp_path: Path) -> None:
    """A file written against SQLite leaves no enum type on PostgreSQL when it goes back."""
    folder = tmp_path / "migrations"
    text = write(fresh("portable_enums"), make_database("sqlite"), folder)
    assert text.count('op.drop_enum("mood", if_exists=True)') == 1
    for name in ("postgresql", "sqlite"):
        copy = shutil.copytree(folder, tmp_path / name)
        assert_runs(fresh("portable_enums"), make_database(name), copy)


def test_enum_types_in_use_stay(make_database: MakeDatabase, tmp_path: Path) -> None:
    """Going back to a revision whose tables have the enum type leaves the type."""
    folder = tmp_path / "migrations"
    sqlite, postgresql = make_database("sqlite"), make_database("postgresql")
    first = sa.MetaData()
    fresh("portable_enums").tables["people"].to_metadata(first)
    write(first, sqlite, folder)
    with project(fresh("portable_enums"), sqlite, folder):
        flaskmig.upgrade()
        flaskmig.migrate(message="pets")
    with project(fresh("portable_enums"), postgresql, folder):
        flaskmig.upgrade()
        flaskmig.downgrade()
        with postgresql.connect() as connection:
            assert not flaskmig_engine.diff(first, connection)
        flaskmig.downgrade()
        with postgresql.connect() as connection:
            assert everything(connection) == set()
