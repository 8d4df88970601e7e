"""A number as the key of a table that had another one."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from flaskmig import engine
from tests.execute.chain import Chain
from tests.postgresql.support import execute, rows


def test_a_new_key_numbers_the_rows(tmp_path: Path, postgresql_engine: sa.Engine) -> None:
    """The file must say it in SQLAlchemy's words, and the database be as the models want it."""
    execute(
        postgresql_engine,
        "CREATE TABLE t (code text CONSTRAINT t_pkey PRIMARY KEY)",
        "INSERT INTO t VALUES ('a'), ('b')",
    )
    models = sa.MetaData()
    sa.Table(
        "t", models, sa.Column("id", sa.BigInteger, primary_key=True), sa.Column("code", sa.Text)
    )
    chain = Chain(tmp_path, postgresql_engine)
    with postgresql_engine.connect() as connection:
        body = "\n".join(engine.diff(models, connection).rendered().lines)
    assert "sql_type" not in body
    assert "autoincrement=True" in body
    chain.add("a1", body)
    chain.upgrade()
    with postgresql_engine.connect() as connection:
        assert not engine.diff(models, connection).operations
    execute(postgresql_engine, "INSERT INTO t (code) VALUES ('c')")
    assert rows(postgresql_engine, "SELECT id FROM t ORDER BY id") == [(1,), (2,), (3,)]
