"""A drop and an add that may be one rename, and how rivals weigh against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from flaskmig.engine.comparing.renames.words import Kind, Rename
from flaskmig.operations import (
    Operation,
    RenameColumn,
    RenameEnum,
    RenameEnumValue,
    RenameSequence,
    RenameTable,
)
from flaskmig.schema import QualifiedName

MARGIN = 0.15
"""A candidate whose rival is nearer than this is not certain."""
RIVALS = 3
"""How many candidates for one object are worth a look."""


@dataclass(frozen=True, slots=True)
class RenameCandidate:
    """A possible rename, with a ``score`` from 0.0 to 1.0 and the evidence in ``why``.

    ``certain`` ones are applied unasked. ``applied`` says whether this one became a rename.
    ``along`` are the renames that only make sense together with it: the other half of a swap.
    """

    kind: Kind
    table: QualifiedName | None
    before: str
    after: str
    score: float
    why: tuple[str, ...]
    certain: bool = False
    applied: bool = False
    along: tuple[Rename, ...] = ()

    @property
    def rename(self) -> Rename:
        """The rename that it would be; its text is the word that says so outright."""
        return Rename(self.kind, self.table, self.before, self.after)

    @property
    def renames(self) -> tuple[Rename, ...]:
        """All that is renamed where this one is."""
        return (self.rename, *self.along)

    @property
    def is_follower(self) -> bool:
        """Whether it is a constraint or index, which can be told by what it is."""
        return self.kind in ("constraint", "index")

    def is_done_by(self, operation: Operation) -> bool:
        """Whether this operation carries it out."""
        match operation:
            case RenameTable(before=old, after=new):
                return self.kind == "table" and (old, new) == self.rename.names
            case RenameEnum(before=old, after=new):
                return self.kind == "enum" and (old, new) == self.rename.names
            case RenameSequence(before=old, after=new):
                return self.kind == "sequence" and (old, new) == self.rename.names
            case RenameColumn(table=owner, before=before, after=after):
                return (self.kind, self.table) == ("column", owner) and self._is(before, after)
            case RenameEnumValue(enum=owner, before=before, after=after):
                return (self.kind, self.table) == ("enum_value", owner) and self._is(before, after)
            case _:
                return False

    def _is(self, before: str, after: str) -> bool:
        return (self.before, self.after) == (before, after)

    @property
    def apart(self) -> str:
        """The word that says that it is none."""
        return str(self.rename).rpartition(f":{self.rename.written_after}")[0]

    def __str__(self) -> str:
        owner = f"{self.table}." if self.table else ""
        kind = self.kind.replace("_", " ")
        along = "".join(f", and {each.before} to {each.after}" for each in self.along)
        return f"{kind} {owner}{self.before} to {self.after}{along} ({', '.join(self.why)})"


def weighed(candidates: Iterable[RenameCandidate]) -> list[RenameCandidate]:
    """The candidates, best first, less the hopeless ones.

    One is certain no longer where another for the same thing comes near it, unless that other
    belongs better elsewhere: first_name may have been firstname or lastname, but lastname has
    last_name.
    """
    ranked = sorted(candidates, key=lambda c: (-c.score, c.before, c.after))
    by_before: dict[str, list[RenameCandidate]] = defaultdict(list)
    by_after: dict[str, list[RenameCandidate]] = defaultdict(list)
    for candidate in ranked:
        by_before[candidate.before].append(candidate)
        by_after[candidate.after].append(candidate)
    result = []
    for candidate in ranked:
        both = (by_before[candidate.before], by_after[candidate.after])
        if any(len(each) > RIVALS and candidate.score < each[RIVALS - 1].score for each in both):
            continue
        certain = candidate.certain and not any(
            _comes_near(rival, candidate, (by_before[rival.before], by_after[rival.after]))
            for each in both
            for rival in each
        )
        result.append(replace(candidate, certain=certain))
    return result


def _comes_near(
    rival: RenameCandidate,
    candidate: RenameCandidate,
    around: tuple[list[RenameCandidate], list[RenameCandidate]],
) -> bool:
    """Whether the rival stands against the candidate: both as good, and no better elsewhere."""
    if rival is candidate:
        return False
    if rival.certain:
        return True
    if rival.score < candidate.score - MARGIN:
        return False
    if candidate.certain and rival.score > candidate.score:
        return True
    elsewhere = (other for each in around for other in each[:2])
    return not any(
        other.certain
        and other is not candidate
        and other.score > rival.score
        and not (other.before == candidate.before or other.after == candidate.after)
        for other in elsewhere
    )
