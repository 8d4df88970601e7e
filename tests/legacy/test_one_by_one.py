"""Calls of old files are carried out one by one, but for those of a batch."""

from __future__ import annotations

import pytest

from tests.legacy.project import OldFiles

TABLE = "op.create_table('t', sa.Column('a', sa.Integer), sa.Column('b', sa.Integer))"
TWO = """
op.alter_column("t", "a", type_=sa.Text(), existing_type=sa.Integer())
op.alter_column("t", "b", type_=sa.Text(), existing_type=sa.Integer())
"""
BATCH = """
with op.batch_alter_table("t") as batch:
    batch.alter_column("a", type_=sa.Text(), existing_type=sa.Integer())
    batch.alter_column("b", type_=sa.Text(), existing_type=sa.Integer())
"""
HELPER = """
from tests.legacy.test_one_by_one import in_a_helper
in_a_helper()
"""


def in_a_helper() -> None:
    from alembic import op
    from alembic.op import alter_column
    from sqlalchemy import Integer, Text

    op.alter_column("t", "a", type_=Text(), existing_type=Integer())
    alter_column("t", "b", type_=Text(), existing_type=Integer())


@pytest.mark.parametrize(
    ("body", "package", "rebuilds"),
    [
        (TWO, "alembic", 2),
        (TWO, "flaskmig", 1),
        (BATCH, "alembic", 1),
        (BATCH, "flaskmig", 1),
        (HELPER, "alembic", 2),
    ],
)
def test_rebuilds(old: OldFiles, body: str, package: str, rebuilds: int) -> None:
    """Two changes of a table are two rebuilds on SQLite in an old file, and one in a batch."""
    old.write("a1", TABLE)
    path = old.write("b2", body)
    path.write_text(path.read_text().replace("from alembic", f"from {package}"))
    [_, planned] = old.plan().revisions
    made = [each.sql for each in planned.statements if each.sql.startswith("CREATE TABLE")]
    assert len(made) == rebuilds
    old.upgrade()
    [(sql,)] = old.query("SELECT sql FROM sqlite_master WHERE name = 't'")
    assert sql.count("TEXT") == 2
