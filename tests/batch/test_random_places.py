"""Columns that are told where to stand, drawn at random."""

from __future__ import annotations

import random
from pathlib import Path

from tests.batch.databases import two_databases
from tests.batch.judge import begin, by_alembic, by_flaskmig, left
from tests.counts import SEED, rounds

_NAMES = tuple("abcdefg")


def test_as_alembic_orders_them(tmp_path: Path) -> None:
    """Whatever is asked for, the columns stand where Alembic puts them, each with its values."""
    for number in range(rounds(25, 1000)):
        draw = random.Random(f"{SEED}-{number}")
        existing = _NAMES[: draw.randint(1, len(_NAMES))]
        start = f"CREATE TABLE t ({', '.join(f'{name} INTEGER' for name in existing)});"
        start += f"INSERT INTO t VALUES ({', '.join(map(str, range(len(existing))))});"
        body = _body(draw, existing)
        with two_databases() as (ours, theirs):
            begin(ours, start)
            begin(theirs, start)
            by_alembic(theirs, body)
            by_flaskmig(tmp_path / str(number), ours, body)
            assert left(ours) == left(theirs), (start, body)


def _body(draw: random.Random, existing: tuple[str, ...]) -> str:
    chains: list[tuple[str, ...]] = []
    if draw.random() < 0.5:
        # Parts of one order, so that they do not contradict each other.
        whole = draw.sample(existing, len(existing))
        for _ in range(draw.randint(1, 3)):
            chain = tuple(name for name in whole if draw.random() < 0.6)
            chains += [chain] if len(chain) > 1 else []
    lines = [
        f"with op.batch_alter_table('t', recreate='always', partial_reordering={chains}) as b:"
    ]
    for new in draw.sample("wxyz", draw.randint(0, 3)):
        side = draw.choice(["", "insert_before", "insert_after"])
        where = f", {side}='{draw.choice(existing)}'" if side else ""
        lines.append(f"    b.add_column(sa.Column('{new}', sa.Integer()){where})")
    if len(existing) > 2 and draw.random() < 0.3:
        old = draw.choice(existing)
        lines.append(f"    b.alter_column('{old}', new_column_name='other')")
    return "\n".join([*lines, "    pass"])
