"""Generated files under a naming convention: each name in them is final."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig import engine
from flaskmig.engine.configuration.project import Project
from tests.execute.chain import Chain
from tests.op_surface.conftest import MakeFresh
from tests.op_surface.state import state

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Modelled(Chain):
    """Revision files of a project whose models have the convention."""

    models = sa.MetaData(naming_convention=CONVENTION)

    @property
    def project(self) -> Project:
        return replace(super().project, metadata={"": self.models})


def _models() -> sa.MetaData:
    metadata = sa.MetaData(naming_convention=CONVENTION)
    sa.Table(
        "users",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("age", sa.Integer, index=True),
        sa.Column("name", sa.String(9), unique=True),
        sa.Column("boss", sa.ForeignKey("users.id")),
        sa.CheckConstraint("age > 0", name="positive"),
    )
    return metadata


def _lines(diff: engine.Diff) -> str:
    return "\n".join(diff.rendered().lines)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_names_of_the_models(database: str, fresh: MakeFresh, tmp_path: Path) -> None:
    """A file that makes the models names everything as they do, and its way back empties it."""
    chain = Modelled(tmp_path, fresh(database)())
    metadata = _models()
    with chain.engine.connect() as connection:
        diff = engine.diff(metadata, connection)
    assert 'name=op.f("ck_users_positive")' in _lines(diff)
    assert 'name="uq_users_name"' in _lines(diff)
    chain.add("a1", _lines(diff), _lines(diff.reverse()))
    chain.upgrade()
    with chain.engine.connect() as connection:
        assert not engine.diff(metadata, connection)
    chain.downgrade()
    assert chain.tables() <= {"alembic_version", "flaskmig_journal"}


def test_what_has_no_name_gets_none(fresh: MakeFresh, tmp_path: Path) -> None:
    """Constraints without a name come back without one, whatever the convention says of such."""
    chain = Modelled(tmp_path, fresh("sqlite")())
    with chain.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE t (a INTEGER NOT NULL PRIMARY KEY, b INTEGER REFERENCES t (a), "
            "UNIQUE (b), CHECK (b > 0))"
        )
    before = state(chain.engine)
    with chain.engine.connect() as connection:
        diff = engine.diff(sa.MetaData(naming_convention=CONVENTION), connection)
    back = _lines(diff.reverse())
    assert back.count("name=op.f(None)") == 4
    chain.add("a1", _lines(diff), back)
    chain.upgrade()
    assert "t" not in chain.tables()
    chain.downgrade()
    assert state(chain.engine) == before


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_constraints_by_themselves(database: str, fresh: MakeFresh, tmp_path: Path) -> None:
    """Constraints and indexes that are made and dropped by calls of their own keep their names."""
    chain = Modelled(tmp_path, fresh(database)())
    bare = sa.MetaData()
    sa.Table(
        "users",
        bare,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("age", sa.Integer),
        sa.Column("name", sa.String(9)),
        sa.Column("boss", sa.Integer),
    )
    bare.create_all(chain.engine)
    before = state(chain.engine)
    metadata = _models()
    with chain.engine.connect() as connection:
        diff = engine.diff(metadata, connection)
    chain.add("a1", _lines(diff), _lines(diff.reverse()))
    chain.upgrade()
    with chain.engine.connect() as connection:
        assert not engine.diff(metadata, connection)
    chain.downgrade()
    assert state(chain.engine) == before
