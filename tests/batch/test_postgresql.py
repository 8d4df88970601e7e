"""Batch blocks on PostgreSQL, where no table is copied: plain ALTER TABLE, as with Alembic."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Engine

from flaskmig.engine.plans.planned import Plan
from tests.batch.blocks import arguments, methods
from tests.batch.blocks.block import START, Block
from tests.batch.judge import by_alembic, by_flaskmig, calls_for, quietly
from tests.execute.chain import Chain
from tests.op_surface.ours import run_plan, statements_of
from tests.op_surface.report import same
from tests.op_surface.state import emptied, state

# What these say is of SQLite alone, or PostgreSQL refuses it to either.
_NOT_HERE = {
    "a renamed column by its old name",
    "a constraint takes the place of the one of its name",
    "a constraint as it is already",
    "the CHECK of a new type takes the place of the old one",
    "drop a column",
    "add a column with an expression for a default",
    "change everything of a column",
    "another primary key, by name",
    "a primary key that had no name",
    "a type with a CHECK comes",
    "a type with a CHECK goes",
    "a column with a CHECK of its type goes",
    "SQL runs before the calls that wait",
    "a foreign key goes by a convention's name",
    "names by a convention, and one goes by it",
    "a column that is heard of",
    "a column is otherwise than it is read",
}


def _blocks() -> list[Block]:
    """Those without recreate='always', with which Alembic copies the table here too."""
    found = [*methods.BLOCKS, *arguments.BLOCKS]
    return [block for block in found if block.name not in _NOT_HERE and "always" not in block.body]


def test_as_alembic_leaves_it(postgresql_engine: Engine, tmp_path: Path) -> None:
    """Schema and rows are afterwards as Alembic leaves them."""
    for number, block in enumerate(_blocks()):
        run = partial(by_flaskmig, tmp_path / str(number), postgresql_engine)
        ours = _after(postgresql_engine, block, run)
        theirs = _after(postgresql_engine, block, partial(by_alembic, postgresql_engine))
        assert ours == theirs, block.name


def test_scripts(postgresql_engine: Engine, tmp_path: Path) -> None:
    """A script has the statements that Alembic writes, and leaves what the block leaves."""
    for number, block in enumerate(_blocks()):
        run = partial(by_flaskmig, tmp_path / f"online {number}", postgresql_engine)
        online = _after(postgresql_engine, block, run)
        _begin(postgresql_engine, block)
        chain = Chain(tmp_path / f"offline {number}", postgresql_engine)
        chain.add("a1", calls_for(block.start, postgresql_engine))
        chain.add("b2", block.body)
        with quietly():
            plan, _ = chain.script()
        if block.name == "a column that is heard of":
            assert plan.notes
            continue
        assert not plan.notes, block.name
        emptied(postgresql_engine)
        run_plan(plan, postgresql_engine)
        assert state(postgresql_engine) == online, block.name
        ours, theirs = _changes(plan), _of_alembic(block.body)
        differs = not same(ours, theirs)
        assert differs == (block.name in _OTHERWISE), (block.name, ours, theirs)


# Where the statements are others, why.
_OTHERWISE = {
    "rename a column": "the word COLUMN is written out",
    "create an index with all that it may have": "text is put in parentheses",
    "a foreign key with all that it may have": "ON UPDATE stands before ON DELETE",
    "a column goes and one of its name comes": "columns that come are one ALTER TABLE",
    "two tables at once": "what is nullable already is not made so",
    "a check that is told beside": "what is nullable already is not made so",
    "AUTOINCREMENT": "what is nullable already is not made so",
}


def _changes(plan: Plan) -> list[str]:
    """The statements of the block, without those that look and those for the version table."""
    found = [each for each in statements_of(plan) if "alembic_version" not in each]
    return [each for each in found if "flaskmig_journal" not in each]


def _of_alembic(body: str) -> list[str]:
    buffer = StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql",
        opts={"as_sql": True, "output_buffer": buffer, "literal_binds": True},
    )
    with quietly():
        exec(body, {"op": Operations(context), "sa": sa})
    return [each.strip() for each in buffer.getvalue().split(";\n") if each.strip()]


def _begin(engine: Engine, block: Block) -> None:
    emptied(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(block.start)


def _after(engine: Engine, block: Block, run: Callable[[str], object]) -> dict[str, object]:
    _begin(engine, block)
    run(block.body)
    return state(engine)


@pytest.mark.parametrize(
    ("options", "call", "said"),
    [
        ("", "b.add_column(sa.Column('d', sa.Integer()), insert_after='id')", "insert_after="),
        (", recreate='always', partial_reordering=[('b', 'a')]", "pass", "partial_reordering="),
        (", recreate='always', copy_from=sa.Table('t', sa.MetaData())", "pass", "copy_from="),
    ],
)
def test_what_is_left_out(
    postgresql_engine: Engine, tmp_path: Path, options: str, call: str, said: str
) -> None:
    """What only a copy of the table could do is left out, and said."""
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql(START)
    body = f"with op.batch_alter_table('t'{options}) as b:\n    {call}"
    with pytest.warns(UserWarning, match=said):
        by_flaskmig(tmp_path, postgresql_engine, body, quiet=False)
    names = [each["name"] for each in sa.inspect(postgresql_engine).get_columns("t")]
    assert names[:5] == ["id", "a", "b", "c", "owner_id"]


def test_always_counts_what_is_told_beside(postgresql_engine: Engine, tmp_path: Path) -> None:
    """With recreate="always" the table has what table_args and reflect_args say, and its rows."""
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql(START)
    body = """
with op.batch_alter_table("t", recreate="always", table_args=[sa.UniqueConstraint("c", name="u")],
        reflect_args=[sa.Column("a", sa.String(50))]):
    pass
"""
    by_flaskmig(tmp_path, postgresql_engine, body)
    inspector = sa.inspect(postgresql_engine)
    assert {each["name"] for each in inspector.get_unique_constraints("t")} == {"uq_a", "u"}
    type_ = {each["name"]: each["type"] for each in inspector.get_columns("t")}["a"]
    assert isinstance(type_, sa.String)
    assert type_.length == 50
    with postgresql_engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar() == 3


def test_a_schema(postgresql_engine: Engine, tmp_path: Path) -> None:
    """A block acts on the table of the schema that it names, keys to other tables included."""
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA s1; SET search_path TO s1; {START}")
        connection.exec_driver_sql("SET search_path TO public")
    body = """
with op.batch_alter_table("t", schema="s1") as b:
    b.add_column(sa.Column("d", sa.Integer()))
    b.create_index("ix_d", ["d"])
    b.drop_constraint("fk_owner", type_="foreignkey")
    b.create_foreign_key("fk_2", "owners", ["d"], ["id"], referent_schema="s1")
    b.alter_column("a", new_column_name="e")
    b.create_table_comment("said")
"""
    by_flaskmig(tmp_path, postgresql_engine, body)
    inspector = sa.inspect(postgresql_engine)
    assert [each["name"] for each in inspector.get_foreign_keys("t", "s1")] == ["fk_2"]
    assert "ix_d" in {each["name"] for each in inspector.get_indexes("t", "s1")}
    assert {"d", "e"} <= {each["name"] for each in inspector.get_columns("t", "s1")}
    assert inspector.get_table_comment("t", "s1") == {"text": "said"}
