"""A drop and an add that may be one rename, and how rivals weigh against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from flaskmig.engine.comparing.renames.words import Kind, Rename
from flaskmig.schema import QualifiedName

MARGIN = 0.2
"""A candidate whose rival is nearer than this is not certain."""
RIVALS = 3
"""How many candidates for one object are worth a look."""


@dataclass(frozen=True, slots=True)
class RenameCandidate:
    """A possible rename, with a ``score`` from 0.0 to 1.0 and the evidence in ``why``.

    ``certain`` ones are applied unasked. ``applied`` says whether this one became a rename.
    """

    kind: Kind
    table: QualifiedName | None
    before: str
    after: str
    score: float
    why: tuple[str, ...]
    certain: bool = False
    applied: bool = False

    @property
    def rename(self) -> Rename:
        """The rename that it would be; its text is the word that says so outright."""
        return Rename(self.kind, self.table, self.before, self.after)

    def __str__(self) -> str:
        owner = f"{self.table}." if self.table else ""
        kind = self.kind.replace("_", " ")
        return f"{kind} {owner}{self.before} to {self.after} ({', '.join(self.why)})"


def weighed(candidates: Iterable[RenameCandidate]) -> list[RenameCandidate]:
    """The candidates, best first, less the hopeless ones; near-equal rivals are not certain."""
    ranked = sorted(candidates, key=lambda c: (-c.score, c.before, c.after))
    by_before: dict[str, list[float]] = defaultdict(list)
    by_after: dict[str, list[float]] = defaultdict(list)
    for candidate in ranked:
        by_before[candidate.before].append(candidate.score)
        by_after[candidate.after].append(candidate.score)
    result = []
    for candidate in ranked:
        rivals = (by_before[candidate.before], by_after[candidate.after])
        if any(len(scores) > RIVALS and candidate.score < scores[RIVALS - 1] for scores in rivals):
            continue
        is_best = all(
            scores[0] == candidate.score
            and (len(scores) == 1 or scores[1] < candidate.score - MARGIN)
            for scores in rivals
        )
        result.append(replace(candidate, certain=candidate.certain and is_best))
    return result
