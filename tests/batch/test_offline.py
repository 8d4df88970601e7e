"""Batch blocks in scripts: run by the database alone, they come to what the blocks come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.blocks import BLOCKS, Block
from tests.batch.databases import two_databases
from tests.batch.judge import begin, by_flaskmig, calls_for, left, quietly
from tests.execute.chain import Chain
from tests.op_surface.ours import run_plan

# They ask the database something, so that no script can be written without it.
_ASKING = {"SQL runs before the calls that wait", "a column that is heard of"}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_the_same_database(block: Block, tmp_path: Path) -> None:
    """A script of the block leaves what the block leaves, or says why there is none."""
    with two_databases() as (online, offline):
        begin(online, block.start)
        chain = Chain(tmp_path / "offline", offline)
        chain.add("a1", calls_for(block.start, online))
        chain.add("b2", block.body)
        with quietly():
            plan, _ = chain.script()
        if block.name in _ASKING:
            assert plan.notes
            return
        assert not plan.notes, plan.notes
        run_plan(plan, offline)
        by_flaskmig(tmp_path / "online", online, block.body)
        assert left(offline) == left(online)


def _statements(start: str) -> str:
    found = (statement.strip() for statement in start.split(";"))
    return "\n".join(f"op.execute({statement!r})" for statement in found if statement)


def test_a_copy_tells_what_is_not_known(tmp_path: Path) -> None:
    """A table that raw SQL touched is known again by copy_from, and only by that."""
    start = (
        "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a INTEGER); INSERT INTO t VALUES (1, 2);"
    )
    copied = "copy_from=sa.Table('t', sa.MetaData(), sa.Column('id', sa.Integer(), "
    copied += "primary_key=True), sa.Column('a', sa.Integer()))"
    for number, option in enumerate(("copy_from=None", copied)):
        body = f"with op.batch_alter_table('t', {option}) as b:\n"
        body += "    b.alter_column('a', new_column_name='b', nullable=False)\n"
        body += "    b.create_index('i', ['b'])"
        with two_databases() as (online, offline):
            chain = Chain(tmp_path / str(number), offline)
            chain.add("a1", _statements(start))
            chain.add("b2", body)
            plan, _ = chain.script()
            assert bool(plan.notes) == (option == "copy_from=None")
            if plan.notes:
                continue
            run_plan(plan, offline)
            begin(online, start)
            by_flaskmig(tmp_path / f"{number} online", online, body)
            assert left(offline) == left(online)
