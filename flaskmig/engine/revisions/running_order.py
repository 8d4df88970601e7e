"""The order in which several branches of a history are gone through."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flaskmig.engine.revisions.lineage import Lineage


def newest_first(lineage: Lineage, ids: Collection[str]) -> list[str]:
    """The ids, each before everything that it follows or depends on.

    One line is followed down for as long as nothing else has to come before, first parents first:
    the order that Alembic runs branches in, so that either tool makes the same tables.
    """
    wanted = ids if isinstance(ids, (set, frozenset, dict)) else set(ids)
    waiting = {id_: sum(above in wanted for above in lineage.up(id_)) for id_ in wanted}
    lines = [each.id for each in lineage.as_given if waiting.get(each.id) == 0]
    standing = set(lines)
    above: _Above | None = None
    found: list[str] = []
    at = 0
    while lines:
        here = lines[at]
        if waiting[here]:
            # Most histories have no such place, and need no answer to who is above whom.
            above = above or _Above(lineage, wanted)
            at = above.first(lines, here)
            continue
        standing.discard(here)
        found.append(here)
        below = [id_ for id_ in lineage.down(here) if id_ in wanted]
        for id_ in below:
            waiting[id_] -= 1
        fresh = [id_ for id_ in dict.fromkeys(below) if id_ not in standing]
        standing.update(fresh)
        if fresh:
            lines[at] = fresh[0]
            lines += fresh[1:]
        else:
            del lines[at]
            at = max(at - 1, 0)
    return found


class _Above:
    """What stands above what among some revisions.

    It is asked for each place where lines meet, and each answer may concern all that is above:
    so all of them are worked out together, from the top, a bit for each revision.
    """

    def __init__(self, lineage: Lineage, among: Collection[str]) -> None:
        self._place: dict[str, int] = {}
        # With its own bit.
        self._bits: dict[str, int] = {}
        for place, id_ in enumerate(sorted(among, key=lineage.height, reverse=True)):
            bits = 1 << place
            for up in lineage.up(id_):
                bits |= self._bits.get(up, 0)
            self._place[id_], self._bits[id_] = place, bits

    def first(self, lines: list[str], here: str) -> int:
        """The place of the first of the lines that still has to come down to ``here``."""
        bits = self._bits[here]
        leads = (at for at, id_ in enumerate(lines) if bits >> self._place[id_] & 1 and id_ != here)
        return next(leads)
