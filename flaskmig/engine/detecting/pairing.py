"""Outlines of models and of a database side by side: what is still to be judged of each table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from flaskmig.engine.comparing.expressions import names_in
from flaskmig.schema.outline import CheckOutline, KeyOutline, Outline

# What stands for a column in the models, and in the database.
Pair: TypeAlias = tuple[Hashable, Hashable]
# A check's texts in the models and in the database, and the columns that these name.
CheckPair: TypeAlias = tuple[str, str, tuple[tuple[str, Pair], ...]]


class Candidate(NamedTuple):
    """A table whose outlines differ in nothing but what ``pairs`` and ``checks`` may differ in."""

    wanted: Outline
    stored: Outline
    pairs: tuple[Pair, ...]
    checks: tuple[CheckPair, ...]


@dataclass(slots=True)
class Pairing:
    """Puts outlines side by side; what is alike is the same object, of which there are few."""

    _pairs: dict[Pair, Pair] = field(default_factory=dict)
    _names: dict[tuple[str, str, tuple[str, ...]], list[str]] = field(default_factory=dict)

    def candidate(self, wanted: Outline, stored: Outline) -> Candidate | None:
        """The pairs of a table; None where its structure differs."""
        facts = stored.facts
        if wanted.columns != stored.columns:
            if len(wanted.columns) != len(stored.columns):
                return None
            known = dict(zip(stored.columns, stored.facts, strict=True))
            if not known.keys() >= {*wanted.columns}:
                return None
            facts = tuple(known[name] for name in wanted.columns)
        if wanted.comments != stored.comments or {*wanted.indexes} != {*stored.indexes}:
            return None
        if not _has_same_keys(wanted.keys, stored.keys):
            return None
        checks = _paired(wanted.checks, stored.checks, wanted.columns)
        if checks is None:
            return None
        same = self._pairs.setdefault
        pairs = tuple([same(pair, pair) for pair in zip(wanted.facts, facts, strict=True)])
        found = self._checks(wanted.columns, pairs, checks) if checks else ()
        return Candidate(wanted, stored, pairs, tuple(found))

    def _checks(
        self,
        columns: tuple[str, ...],
        pairs: tuple[Pair, ...],
        checks: Iterable[tuple[CheckOutline, CheckOutline]],
    ) -> Iterator[CheckPair]:
        for wanted, stored in checks:
            if wanted.expression != stored.expression:
                key = (wanted.expression, stored.expression, columns)
                named = self._names.get(key)
                if named is None:
                    names = names_in(key[0], columns) | names_in(key[1], columns)
                    named = self._names[key] = [name for name in columns if name in names]
                around = ((name, pairs[columns.index(name)]) for name in named)
                yield (wanted.expression, stored.expression, tuple(around))


def _has_same_keys(wanted: tuple[KeyOutline, ...], stored: tuple[KeyOutline, ...]) -> bool:
    """Whether each has one that is alike; one without a name in the models is any."""
    if len(wanted) != len(stored):
        return False
    left = list(stored)
    for key in wanted:
        if key[1] is not None:
            if key not in left:
                return False
            left.remove(key)
    if not left:
        return True
    shapes = [(key[0], key[2:]) for key in left]
    for key in wanted:
        if key[1] is None:
            shape = (key[0], key[2:])
            if shape not in shapes:
                return False
            shapes.remove(shape)
    return True


def _paired(
    wanted: tuple[CheckOutline, ...], stored: tuple[CheckOutline, ...], columns: tuple[str, ...]
) -> list[tuple[CheckOutline, CheckOutline]] | None:
    """Which check would be which; None where one has no other."""
    if len(wanted) != len(stored):
        return None
    if not wanted:
        return []
    left = {each.name or n: each for n, each in enumerate(stored)}
    pairs: list[tuple[CheckOutline, CheckOutline]] = []
    nameless = [each for each in wanted if each.name is None]
    for each in wanted:
        if each.name is not None:
            other = left.pop(each.name, None)
            if other is None:
                return None
            pairs.append((each, other))
    for each in nameless:
        rivals = sorted(left.items(), key=lambda item: _unlikeness(each, item[1], columns))
        del left[rivals[0][0]]
        pairs.append((each, rivals[0][1]))
    return pairs


def _unlikeness(first: CheckOutline, second: CheckOutline, columns: tuple[str, ...]) -> int:
    if first.expression == second.expression:
        return 0
    texts = (first.expression, second.expression)
    return 1 if names_in(texts[0], columns) == names_in(texts[1], columns) else 2
