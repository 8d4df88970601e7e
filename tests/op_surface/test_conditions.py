"""if_exists and if_not_exists: where there is a database, and where nobody has looked at one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.execute.chain import Chain
from tests.op_surface.conftest import MakeFresh
from tests.op_surface.form import START

CONDITIONAL = """
op.create_table("t", sa.Column("a", sa.Integer()), if_not_exists=True)
op.create_index("ix", "users", ["name"], if_not_exists=True)
op.drop_index("iy", table_name="users", if_exists=True)
op.drop_index("iz", if_exists=True)
op.drop_table("posts", if_exists=True)
"""
OF_POSTGRESQL = """
op.add_column("users", sa.Column("x", sa.Integer()), if_not_exists=True)
op.drop_column("users", "age", if_exists=True)
op.drop_constraint("ck", "users", type_="check", if_exists=True)
"""
ANYTHING = {
    "sqlite": "DROP VIEW IF EXISTS a_view",
    "postgresql": "DO $$ BEGIN PERFORM 1; END $$",
}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_script_says_it_whatever_ran_before(
    database: str, fresh: MakeFresh, tmp_path: Path
) -> None:
    """A script can be written though raw SQL ran before, and says IF EXISTS itself."""
    chain = Chain(tmp_path, fresh(database)())
    chain.add("a1", START)
    body = CONDITIONAL + (OF_POSTGRESQL if database == "postgresql" else "")
    chain.add("b2", f"op.execute({ANYTHING[database]!r})\n" + body)
    plan, text = chain.script("b2", start=["a1"])
    assert not plan.notes
    said = (
        'CREATE TABLE IF NOT EXISTS "t"',
        'CREATE INDEX IF NOT EXISTS "ix"',
        'DROP INDEX IF EXISTS "iy"',
        'DROP INDEX IF EXISTS "iz"',
        'DROP TABLE IF EXISTS "posts"',
    )
    assert all(each in text for each in said)
    if database == "postgresql":
        assert 'ALTER TABLE "users" ADD COLUMN IF NOT EXISTS "x"' in text
        assert 'ALTER TABLE "users" DROP COLUMN IF EXISTS "age"' in text
        assert 'ALTER TABLE "users" DROP CONSTRAINT IF EXISTS "ck"' in text


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_plan_has_what_would_run(database: str, fresh: MakeFresh, tmp_path: Path) -> None:
    """Where there is a database to look at, a plan has only the statements that would be run."""
    chain = Chain(tmp_path, fresh(database)())
    chain.add("a1", START + 'op.create_index("ix", "users", ["name"])\n')
    chain.upgrade()
    chain.add("b2", CONDITIONAL)
    planned = [each.sql for each in chain.plan().statements if not each.is_guard]
    assert [each.split("(")[0].split('"')[:2] for each in planned if "PRAGMA" not in each] == [
        ["CREATE TABLE ", "t"],
        ["DROP TABLE ", "posts"],
    ]
    chain.upgrade()
    assert chain.tables() == {"users", "t", "alembic_version", "flaskmig_journal"}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_later_calls_know_what_is_there(database: str, fresh: MakeFresh, tmp_path: Path) -> None:
    """What a conditional call made or dropped is known to those that follow it in a script."""
    chain = Chain(tmp_path, fresh(database)())
    chain.add("a1", START)
    body = """
    op.create_table("t", sa.Column("a", sa.Integer()), if_not_exists=True)
    op.alter_column("t", "a", nullable=False, server_default="1")
    op.drop_table("posts", if_exists=True)
    op.create_table("posts", sa.Column("b", sa.Integer()))
    """
    chain.add("b2", body)
    plan, _ = chain.script("b2")
    assert not plan.notes
    chain.upgrade()
    assert chain.columns("posts") == ["b"]


def test_temporary_tables_go_again(fresh: MakeFresh, tmp_path: Path) -> None:
    """A temporary table is made, filled, read and dropped in the revision, on both databases."""
    body = """
    op.create_table("t", sa.Column("a", sa.Integer()), prefixes=["TEMPORARY"])
    op.execute("INSERT INTO t SELECT id + 5 FROM users")
    op.execute("UPDATE users SET age = (SELECT max(a) FROM t)")
    op.drop_table("t")
    op.create_table("t", sa.Column("b", sa.Integer()))
    """
    for number, database in enumerate(("sqlite", "postgresql")):
        chain = Chain(tmp_path / str(number), fresh(database)())
        chain.add("a1", START)
        chain.add("b2", body)
        chain.upgrade()
        assert chain.query("SELECT age FROM users") == [(6,)]
        assert chain.columns("t") == ["b"]
