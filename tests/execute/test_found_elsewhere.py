"""Tables of our own that the search_path finds in another schema than new tables go to."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig.errors import ExecutionError
from tests.execute.chain import Chain

CUT = """
op.execute("CREATE TABLE public.t (id INTEGER)")
op.execute("INSERT INTO public.t VALUES (1)")
with op.get_context().autocommit_block():
    op.execute("VACUUM")
op.execute("INSERT INTO public.nowhere VALUES (1)")
"""
PLACES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname IN ('alembic_version', 'flaskmig_journal') ORDER BY 2
"""


def test_a_schema_that_comes_first_later(tmp_path: Path, postgresql_engine: sa.Engine) -> None:
    """A revision that was cut goes on though an earlier schema of the search_path appeared since.

    Its statements run once, and there is one version table and one journal, where they were.
    """
    path = {"options": "-c search_path=app,public"}
    engine = sa.create_engine(postgresql_engine.url, connect_args=path, poolclass=sa.NullPool)
    chain = Chain(tmp_path / "migrations", engine)
    chain.add("a1", CUT)
    with pytest.raises(ExecutionError):
        chain.upgrade()
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA app")
        connection.exec_driver_sql("CREATE TABLE public.nowhere (id INTEGER)")
    assert [step.revision for step in chain.upgrade()] == ["a1"]
    assert chain.query("SELECT id FROM public.t") == [(1,)]
    assert chain.query("SELECT id FROM public.nowhere") == [(1,)]
    assert chain.query(PLACES) == [("public", "alembic_version"), ("public", "flaskmig_journal")]
    assert chain.rows() == {"a1"}
