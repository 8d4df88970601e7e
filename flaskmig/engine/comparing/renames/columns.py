"""Which dropped column of a table may be which added one."""

from __future__ import annotations

from flaskmig.engine.comparing.matching import Equivalent, same_text
from flaskmig.engine.comparing.renames.candidate import RenameCandidate, weighed
from flaskmig.engine.comparing.renames.facts import Facts, Inbound
from flaskmig.engine.comparing.renames.likeness import MEANT, NEAR, SAME, WITHIN, likeness
from flaskmig.engine.comparing.type_families import family
from flaskmig.schema import Column, QualifiedName, Table

THRESHOLD = 0.4
_REFERENCE = "_id"


def column_candidates(
    before: Table, after: Table, inbound: tuple[Inbound, Inbound], equivalent: Equivalent
) -> list[RenameCandidate]:
    """The possible renames of columns between two states of one table, best first."""
    dropped = [column for column in before.columns if not after.has_column(column.name)]
    added = [column for column in after.columns if not before.has_column(column.name)]
    if not dropped or not added:
        return []
    old = [Facts.of(column, before, after, inbound[0]) for column in dropped]
    new = [Facts.of(column, after, before, inbound[1]) for column in added]
    pairs = ((one, other) for one in old for other in new)
    found = (_candidate(before.name, one, other, equivalent) for one, other in pairs)
    return weighed(candidate for candidate in found if candidate is not None)


def _candidate(
    table: QualifiedName, old: Facts, new: Facts, equivalent: Equivalent
) -> RenameCandidate | None:
    before, after = old.column, new.column
    if (before.generated is None) != (after.generated is None):
        return None
    alike = _alike(old, new)
    same_type = before.type == after.type
    same_family = same_type or family(before.type.sql) == family(after.type.sql)
    same_carried = old.carried == new.carried
    if not same_family and alike < 0.45 and not (same_carried and old.carried):
        return None
    same_default = same_text(before.default, after.default, equivalent)
    same_place = old.place == new.place
    evidence = (
        (same_type, 0.30, f"both {after.type.sql}"),
        (same_family and not same_type, 0.18, f"{before.type.sql} and {after.type.sql} are akin"),
        (before.nullable == after.nullable, 0.05, ""),
        (same_default, 0.05, "same default" if before.default is not None else ""),
        (same_carried and bool(old.carried), 0.20, "same constraints and indexes"),
        (same_carried and not old.carried, 0.05, ""),
        (same_place, 0.15, "same place in the table"),
    )
    score = sum(weight for holds, weight, _ in evidence if holds) + 0.25 * alike
    if not same_carried:
        union = old.carried | new.carried
        score += 0.10 * len(old.carried & new.carried) / len(union)
    if score < THRESHOLD:
        return None
    why = [text for holds, _, text in evidence if holds and text]
    if alike == MEANT:
        why.append("names that mean the same")
    elif alike >= 0.6:
        why.append("names alike")
    return RenameCandidate(
        "column",
        table,
        before.name,
        after.name,
        round(min(score, 1.0), 3),
        tuple(why),
        _is_certain(old, new, alike, same_default=same_default),
    )


def _alike(old: Facts, new: Facts) -> float:
    """How alike the names are; a reference may be called by what it points at, or by its key."""
    before, after = old.column.name, new.column.name
    alike = likeness(before, after)
    if alike < MEANT and old.targets and old.targets == new.targets:
        bare = likeness(before.removesuffix(_REFERENCE), after.removesuffix(_REFERENCE))
        alike = max(alike, min(bare, MEANT))
    return alike


def _is_certain(old: Facts, new: Facts, alike: float, *, same_default: bool) -> bool:
    """Only where dropping the one and adding the other makes no sense by itself."""
    before, after = old.column, new.column
    if old.targets and new.targets and old.targets != new.targets:
        return False
    same_type = before.type == after.type
    same_place = old.place == new.place
    if alike >= MEANT:
        return same_type or (_compares(before, after) and (same_place or alike == SAME))
    carries_the_same = old.carried == new.carried and bool(old.carried)
    if not (same_type and same_place and carries_the_same):
        return False
    if alike >= NEAR:
        return before.nullable == after.nullable and same_default
    if alike >= WITHIN:
        return bool(old.bonds)
    return old.is_key and old.has_inbound


def _compares(before: Column, after: Column) -> bool:
    return family(before.type.sql) == family(after.type.sql)
