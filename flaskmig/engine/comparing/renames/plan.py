"""From words and candidates to the renames that are done first."""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from flaskmig.engine.comparing.matching import Equivalent
from flaskmig.engine.comparing.renames.apart import Apart, require_agreement
from flaskmig.engine.comparing.renames.candidate import RenameCandidate
from flaskmig.engine.comparing.renames.followers import followers
from flaskmig.engine.comparing.renames.planner import Decide, Planner
from flaskmig.engine.comparing.renames.saying import completed, require_there
from flaskmig.engine.comparing.renames.words import Rename, require_consistent, unknown
from flaskmig.errors import ConfigurationError
from flaskmig.operations import Operation, RenameConstraint, RenameIndex
from flaskmig.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Renames:
    """The renames to do first, and what was found on the way.

    ``candidates`` are those that detection found, applied or not; ``undecided`` are the ones
    that nobody was asked about and that stay drop and add; ``stale`` are hints in models whose
    rename is done already, or has nothing to rename; ``reused`` are renames of tables under
    whose old name another is made, ``remade`` those of constraints and indexes that are others
    now and made anew.
    """

    operations: tuple[Operation, ...] = ()
    candidates: tuple[RenameCandidate, ...] = ()
    undecided: tuple[RenameCandidate, ...] = ()
    stale: tuple[Rename, ...] = ()
    reused: tuple[Rename, ...] = ()
    remade: tuple[Rename, ...] = ()
    apart: tuple[Apart, ...] = ()

    @property
    def notes(self) -> Iterator[str]:
        """What people should know beside the candidates."""
        for hint in self.stale:
            yield (
                f"renamed_from has nothing to rename ({hint}): it is done, or names nothing; "
                "remove it"
            )
        for rename in self.reused:
            yield (
                f"{rename.after} takes the rows of {rename.before}, "
                f"and {rename.before} is made anew and empty"
            )

        for rename in self.remade:
            yield f"{rename} is no rename: {rename.after} is another {rename.kind}, and made anew"

    def keeps_apart(self, operation: RenameConstraint | RenameIndex) -> bool:
        """Whether somebody said that this is no rename."""
        return any(
            each.covers(found.rename) for found in followers((operation,)) for each in self.apart
        )


def plan_renames(
    current: Schema,
    desired: Schema,
    *,
    words: Sequence[Rename] = (),
    hints: Sequence[Rename] = (),
    apart: Collection[Apart] = (),
    detect: bool = True,
    decide: Decide | None = None,
    equivalent: Equivalent = operator.eq,
) -> Renames:
    """The renames that lead from ``current`` towards ``desired``; `compare` finds the rest.

    ``words`` are said outright, and ``apart`` what is none. ``hints`` are the same as words from
    models, where they may be left over from a rename that is done. ``detect`` looks for more:
    certain ones are applied, others are put to ``decide`` where it is given. ``equivalent``
    compares SQL expressions.

    Raises ConfigurationError for a word that names nothing, or words that contradict.
    """
    said = tuple(completed(words, current, desired))
    require_consistent(said)
    require_agreement(said, apart)
    require_there(apart, current, desired)
    planner = Planner(current, desired, list(said), list(hints), apart, detect, decide, equivalent)
    planner.run()
    for rename in planner.words:
        if rename not in planner.used:
            raise _ownerless(rename, current)
    return Renames(
        operations=tuple(planner.operations),
        candidates=tuple(planner.candidates),
        undecided=tuple(planner.undecided),
        stale=tuple(hint for hint in planner.hints if hint not in planner.used),
        reused=tuple(planner.reused),
        remade=tuple(planner.remade),
        apart=tuple(apart),
    )


def _ownerless(rename: Rename, current: Schema) -> ConfigurationError:
    """The error for a word about a table or enum that is not on both sides."""
    kind = "enum" if rename.kind == "enum_value" else "table"
    there = [str(each.name) for each in (current.enums if kind == "enum" else current.tables)]
    what = f"no {kind} {rename.table} is on both sides"
    return unknown(rename, what, str(rename.table), there)
