"""Constraints and indexes that are the same under another name.

What they are says which is which, and no rows hang on their names: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flaskmig.engine.comparing.renames.candidate import RenameCandidate
from flaskmig.operations import Operation, RenameConstraint, RenameIndex

WHY = ("the same but for its name",)


def followers(operations: Iterable[Operation]) -> Iterator[RenameCandidate]:
    """What the comparison renames by itself, as the other renames are listed."""
    for operation in operations:
        match operation:
            case RenameIndex(table=table, before=before, after=after):
                yield RenameCandidate(
                    "index", table, before, after, 1.0, WHY, certain=True, applied=True
                )
            case RenameConstraint(table=table, constraint=constraint, after=str(after)):
                if constraint.name is not None:
                    name = constraint.name
                    yield RenameCandidate(
                        "constraint", table, name, after, 1.0, WHY, certain=True, applied=True
                    )
