"""`Operations` as an object inside of a revision file, judged by what Alembic does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import NAMES
from tests.legacy.project import OldFiles, run_peer

TOP = """
from alembic import context
from alembic.migration import MigrationContext
from alembic.operations import Operations
"""
MAKE = """
o = Operations(op.get_context())
o.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Integer))
o = Operations(MigrationContext.configure(op.get_bind()))
o.add_column("t", sa.Column("name", sa.String(10), server_default="x"))
Operations(context.get_context()).create_index("ix_t_n", "t", ["n"], unique=True)
o.execute("INSERT INTO t (id, n) VALUES (1, 2)")
things = sa.table("t", sa.column("id"), sa.column("n"))
o.bulk_insert(things, [{"id": 2, "n": 3}])
with o.batch_alter_table("t") as batch:
    batch.alter_column("n", new_column_name="m", existing_type=sa.Integer)
assert o.get_bind().execute(sa.text("SELECT count(*) FROM t")).scalar() == 2
assert o.f("name") == "name"
assert o.migration_context.dialect.name == o.impl.dialect.name == op.get_bind().dialect.name
"""
DROP = """
o = Operations(op.get_context())
o.drop_index("ix_t_n", "t")
o.drop_table("t")
"""
IN_A_BLOCK = """
with Operations.context(op.get_context()) as o:
    o.create_table("t", sa.Column("id", sa.Integer))
    op.create_table("u", sa.Column("id", sa.Integer))
op.create_table("v", sa.Column("id", sa.Integer))
"""


def seen(engine: sa.Engine) -> Any:
    inspector = sa.inspect(engine)
    if not inspector.has_table("t"):
        return None
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM t ORDER BY id")).all()
    columns = [(each["name"], str(each["type"])) for each in inspector.get_columns("t")]
    return columns, [tuple(row) for row in rows], inspector.get_indexes("t")


@pytest.mark.parametrize("database", NAMES)
def test_as_an_object(database: str, tmp_path: Path, make_database: Any) -> None:
    """Its methods do what the calls of op do, whichever context it is made with."""
    ours, theirs = make_database(database), make_database(database)
    old = OldFiles(tmp_path / "migrations", ours)
    old.write("a1", MAKE, DROP, TOP)
    old.upgrade()
    run_peer(old.folder, theirs)
    assert seen(ours) == seen(theirs)
    assert seen(ours) is not None
    old.downgrade()
    run_peer(old.folder, theirs, "base")
    assert seen(ours) is None
    assert seen(theirs) is None


def test_for_a_block(old: OldFiles) -> None:
    """In the block of Operations.context() and after it op acts on the migration."""
    old.write("a1", IN_A_BLOCK, top=TOP)
    old.upgrade()
    assert old.tables() >= {"t", "u", "v"}
