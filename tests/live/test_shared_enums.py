"""Enum types that come and go with several revisions, each run by a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import flaskmig
from flaskmig import engine as flaskmig_engine
from tests.conftest import MakeDatabase
from tests.live.catalogue import everything


def models(*tables: str) -> sa.MetaData:
    """These tables, each with a column of the one type ``mood``."""
    metadata = sa.MetaData()
    for table in tables:
        mood = sa.Enum("glad", "sad", name="mood")
        sa.Table(
            table,
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("mood", mood, nullable=False, server_default="glad"),
        )
    return metadata


@contextmanager
def project(folder: Path, engine: sa.Engine, *tables: str) -> Iterator[None]:
    """An application whose connections know nothing of what ran before."""
    engine.dispose()
    app = Flask("moods")
    flaskmig.Migrate(app, metadata=models(*tables), engine=engine, directory=str(folder))
    with app.app_context():
        yield
    engine.dispose()


def assert_has(engine: sa.Engine, *tables: str) -> None:
    with engine.connect() as connection:
        assert str(flaskmig_engine.diff(models(*tables), connection)) == ""


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_a_shared_type_comes_with_the_first_and_goes_with_the_last(
    name: str, make_database: MakeDatabase, tmp_path: Path
) -> None:
    """Two revisions share an Enum; up, down to each, and up again, in separate runs."""
    engine, folder = make_database(name), tmp_path / "migrations"
    with project(folder, engine, "people"):
        flaskmig.init()
        flaskmig.migrate(rev_id="a")
        flaskmig.upgrade()
    with project(folder, engine, "people", "pets"):
        flaskmig.migrate(rev_id="b")
    for _ in range(2):
        with project(folder, engine, "people", "pets"):
            flaskmig.upgrade()
        assert_has(engine, "people", "pets")
        with project(folder, engine, "people", "pets"):
            flaskmig.downgrade()
        assert_has(engine, "people")
        with project(folder, engine, "people", "pets"):
            flaskmig.downgrade()
        with engine.connect() as connection:
            assert everything(connection) == set()
