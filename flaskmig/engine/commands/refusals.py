"""Differences that must not become a revision, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flaskmig.errors import UndecidedRenameError

if TYPE_CHECKING:
    from flaskmig.engine.comparing.renames import Rename, RenameCandidate


def refuse_undecided(candidates: Sequence[RenameCandidate]) -> None:
    """Raise UndecidedRenameError where a drop and an add may be a rename and nobody said."""
    if not candidates:
        return
    lines = "\n".join(f"  {candidate}" for candidate in candidates)
    flags = " ".join(f"--rename {rename}" for rename in _likeliest(candidates))
    raise UndecidedRenameError(
        f"a rename keeps the data, a drop and an add lose it; which one is this?\n{lines}",
        candidates=candidates,
        hint=f"{flags}, or --no-rename {candidates[0].apart} for what is none, --no-rename for all",
    )


def _likeliest(candidates: Sequence[RenameCandidate]) -> Iterator[Rename]:
    """The renames that can be said together: of several for one thing, the first."""
    taken: set[tuple[str, ...]] = set()
    for candidate in candidates:
        ends = {
            end
            for each in candidate.renames
            for end in (
                ("before", each.kind, str(each.table), each.before),
                ("after", each.kind, str(each.table), each.after),
            )
        }
        if taken.isdisjoint(ends):
            taken |= ends
            yield from candidate.renames
