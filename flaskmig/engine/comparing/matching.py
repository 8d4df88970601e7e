"""Which constraint or index of one table is which of another: by name, then by what they are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any, Generic, TypeAlias, TypeVar

from flaskmig.schema import (
    Check,
    Constraint,
    Exclude,
    ForeignKey,
    Index,
    PrimaryKey,
    Unique,
)

Equivalent: TypeAlias = Callable[["str | None", "str | None"], bool]
T = TypeVar("T", bound="Constraint | Index")


@dataclass(slots=True)
class Matched(Generic[T]):
    """What stays, what only changes its name, what goes and what comes."""

    kept: list[tuple[T, T]] = field(default_factory=list)
    renamed: list[tuple[T, T]] = field(default_factory=list)
    dropped: list[T] = field(default_factory=list)
    added: list[T] = field(default_factory=list)

    def recreate(self, touched: Callable[[T], bool]) -> None:
        """Drop and add anew those that would otherwise stay and that are ``touched``."""
        for pairs in (self.kept, self.renamed):
            staying = []
            for before, after in pairs:
                if touched(before):
                    self.dropped.append(before)
                    # The name stays where the desired side has none to give.
                    name: dict[str, Any] = {"name": after.name or before.name}
                    self.added.append(replace(after, **name))
                else:
                    staying.append((before, after))
            pairs[:] = staying


def same_text(before: str | None, after: str | None, equivalent: Equivalent) -> bool:
    """Whether two expressions, or their absence, mean the same."""
    if before == after:
        return True
    return before is not None and after is not None and equivalent(before, after)


def match_constraints(
    before: Sequence[Constraint], after: Sequence[Constraint], equivalent: Equivalent
) -> Matched[Constraint]:
    """Pair the constraints of two tables."""
    if before == after:
        return Matched(kept=[(constraint, constraint) for constraint in before])
    return _match(before, after, lambda a, b: _same_constraint(a, b, equivalent))


def match_indexes(
    before: Sequence[Index], after: Sequence[Index], equivalent: Equivalent
) -> Matched[Index]:
    """Pair the indexes of two tables."""
    if before == after:
        return Matched(kept=[(index, index) for index in before])
    return _match(before, after, lambda a, b: _same_index(a, b, equivalent))


def _match(before: Iterable[T], after: Iterable[T], alike: Callable[[T, T], bool]) -> Matched[T]:
    matched: Matched[T] = Matched()
    left, wanted = _by_name(before, after, alike, matched)
    by_shape: dict[Hashable, list[T]] = {}
    for item in left:
        by_shape.setdefault(_shape(item), []).append(item)
    for item in wanted:
        rivals = by_shape.get(_shape(item), [])
        found = next((other for other in rivals if alike(other, item)), None)
        if found is None:
            matched.added.append(item)
            continue
        rivals.remove(found)
        renamed = item.name is not None and item.name != found.name
        (matched.renamed if renamed else matched.kept).append((found, item))
    for rest in by_shape.values():
        matched.dropped += rest
    return matched


def _by_name(
    before: Iterable[T], after: Iterable[T], alike: Callable[[T, T], bool], matched: Matched[T]
) -> tuple[list[T], list[T]]:
    """Pair what has the same name, and return what is left on both sides.

    Two that share a name and nothing else are a drop and an add, never half of a rename.
    """
    named = {item.name: item for item in after if item.name}
    left: list[T] = []
    paired: set[str | None] = set()
    for item in before:
        other = named.get(item.name) if item.name else None
        if other is None:
            left.append(item)
            continue
        paired.add(item.name)
        if alike(item, other):
            matched.kept.append((item, other))
        else:
            matched.dropped.append(item)
            matched.added.append(other)
    return left, [item for item in after if not item.name or item.name not in paired]


_VALUES: dict[type, Callable[[Any], Hashable]] = {
    kind: attrgetter(*(each.name for each in fields(kind) if each.compare and each.name != "name"))
    for kind in (PrimaryKey, Unique, ForeignKey)
}


def _shape(item: Constraint | Index) -> Hashable:
    """What two that are alike have in common without looking into expressions."""
    match item:
        case PrimaryKey() | Unique() | ForeignKey():
            return (type(item), _VALUES[type(item)](item))
        case Check():
            return (Check, item.not_valid, item.no_inherit)
        case Exclude():
            return (Exclude, item.method, len(item.elements))
        case Index():
            return (Index, item.unique, item.columns, len(item.parts))


def _same_constraint(before: Constraint, after: Constraint, equivalent: Equivalent) -> bool:
    if _shape(before) != _shape(after):
        return False
    match before, after:
        case Check(), Check():
            return same_text(before.expression, after.expression, equivalent)
        case Exclude(), Exclude():
            return _same_exclude(before, after, equivalent)
        case _:
            return True


def _same_exclude(before: Exclude, after: Exclude, equivalent: Equivalent) -> bool:
    if len(before.elements) != len(after.elements):
        return False
    elements = tuple(
        replace(new, expression=old.expression)
        if same_text(old.expression, new.expression, equivalent)
        else new
        for old, new in zip(before.elements, after.elements, strict=True)
    )
    where = before.where if same_text(before.where, after.where, equivalent) else after.where
    return before == replace(after, name=before.name, elements=elements, where=where)


def _same_index(before: Index, after: Index, equivalent: Equivalent) -> bool:
    if len(before.parts) != len(after.parts):
        return False
    parts = tuple(
        replace(new, expression=old.expression)
        if same_text(old.expression, new.expression, equivalent)
        else new
        for old, new in zip(before.parts, after.parts, strict=True)
    )
    where = before.where if same_text(before.where, after.where, equivalent) else after.where
    return before == replace(after, name=before.name, parts=parts, where=where)
