"""Errors of revisions that revision files raise and catch under Alembic's names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flaskmig import errors

__all__ = [
    "CycleDetected",
    "DependencyCycleDetected",
    "DependencyLoopDetected",
    "LoopDetected",
    "MultipleHeads",
    "RangeNotAncestorError",
    "ResolutionError",
    "RevisionError",
]


class RevisionError(errors.RevisionError):
    """Something is wrong with the revisions."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(", ".join(map(str, arguments)))


class RangeNotAncestorError(RevisionError):
    """One end of a range is no ancestor of the other."""

    def __init__(self, lower: Any, upper: Any) -> None:
        super().__init__(f"revision {lower or 'base'} is no ancestor of {upper or 'base'}")
        self.lower = lower
        self.upper = upper


class MultipleHeads(RevisionError):
    """One head was asked for and there are several."""

    def __init__(self, heads: Sequence[str], argument: str | None) -> None:
        super().__init__(f"{argument} names several heads: {', '.join(heads)}")
        self.heads = heads
        self.argument = argument


class ResolutionError(RevisionError):
    """An identifier names no revision."""

    def __init__(self, message: str, argument: str) -> None:
        super().__init__(message)
        self.argument = argument


class CycleDetected(RevisionError):
    """Revisions that are their own ancestors."""

    kind = "cycle"

    def __init__(self, revisions: Sequence[str]) -> None:
        super().__init__(f"a {self.kind} of revisions: {', '.join(revisions)}")
        self.revisions = revisions


class DependencyCycleDetected(CycleDetected):
    """Revisions that depend on themselves by way of others."""

    kind = "cycle of dependencies"


class LoopDetected(CycleDetected):
    """A revision that follows itself."""

    kind = "loop"

    def __init__(self, revision: str) -> None:
        super().__init__([revision])


class DependencyLoopDetected(DependencyCycleDetected, LoopDetected):
    """A revision that depends on itself."""

    kind = "loop of dependencies"

    def __init__(self, revision: str) -> None:
        LoopDetected.__init__(self, revision)
