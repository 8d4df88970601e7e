"""The pairs, by kind. The odd ones of each kind are held out: no rule is fitted to them."""

from __future__ import annotations

from tests.renames.pair import Pair
from tests.renames.pairs import columns, lookalikes, moves, objects, tables

BY_KIND: dict[str, list[Pair]] = {
    **columns.PAIRS,
    **lookalikes.PAIRS,
    **tables.PAIRS,
    **moves.PAIRS,
    **objects.PAIRS,
}
