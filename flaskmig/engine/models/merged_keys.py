"""Keys that PostgreSQL makes one of, because one index would serve them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flaskmig.schema import Constraint, Exclude, PrimaryKey, Unique

_INDEXED = (PrimaryKey, Unique, Exclude)


def merged(constraints: Iterable[Constraint]) -> list[Constraint]:
    """What PostgreSQL makes of the constraints of one CREATE TABLE, given in their order there.

    Of keys that would have the same index only one is made: the primary key, or else the first.
    Where that has no name, it takes the first one that another of them has (observed on 15 and
    18; ``transformIndexConstraints`` in the server's source). ALTER TABLE merges nothing.
    """
    found = list(constraints)
    keys = [each for each in found if isinstance(each, _INDEXED)]
    if len(keys) < 2:
        return found
    kept: dict[Constraint, Constraint] = {}
    for key in sorted(keys, key=lambda each: not isinstance(each, PrimaryKey)):
        first = kept.setdefault(_index(key), key)
        if first.name is None and key.name is not None:
            kept[_index(key)] = replace(first, name=key.name)
    return [*kept.values(), *(each for each in found if not isinstance(each, _INDEXED))]


def _index(key: PrimaryKey | Unique | Exclude) -> Constraint:
    """What keys with the same index have in common, as a constraint without a name."""
    if isinstance(key, Exclude):
        return replace(key, name=None)
    return Unique(
        columns=key.columns,
        deferrable=key.deferrable,
        initially_deferred=key.initially_deferred,
        nulls_not_distinct=isinstance(key, Unique) and key.nulls_not_distinct,
        include=key.include,
    )
