"""Batch blocks on SQLite: the database is afterwards as Alembic leaves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.blocks import BLOCKS, Block
from tests.batch.databases import two_databases
from tests.batch.judge import begin, by_alembic, by_flaskmig, left


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_the_same_database(block: Block, tmp_path: Path) -> None:
    """Schema, order of columns and rows are those that Alembic leaves, or the reason is named."""
    with two_databases() as (ours, theirs):
        begin(ours, block.start)
        begin(theirs, block.start)
        by_flaskmig(tmp_path, ours, block.body)
        if block.peer_fails or block.differs:
            by_alembic_alone = _tried(block)
            assert by_alembic_alone != left(ours), "there is no difference"
        by_alembic(theirs, block.peer or block.body)
        assert left(ours) == left(theirs)


def _tried(block: Block) -> object:
    with two_databases() as (alone, _):
        begin(alone, block.start)
        try:
            by_alembic(alone, block.body)
        except Exception as error:
            return error
        return left(alone)
