"""Which dropped column of a table may be which added one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from flaskmig.engine.comparing.expressions import names_in, rename_in
from flaskmig.engine.comparing.matching import Equivalent, same_text
from flaskmig.engine.comparing.renames.candidate import RenameCandidate, weighed
from flaskmig.engine.comparing.renames.likeness import NEAR, SAME, likeness
from flaskmig.engine.comparing.type_families import family
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Exclude,
    ForeignKey,
    Index,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Unique,
)

THRESHOLD = 0.4
ITSELF = "\0"

Inbound: TypeAlias = Mapping[QualifiedName, "list[tuple[QualifiedName, ForeignKey]]"]


def inbound_keys(schema: Schema) -> Inbound:
    """The foreign keys that point at each table, with the table that each stands in."""
    found: dict[QualifiedName, list[tuple[QualifiedName, ForeignKey]]] = defaultdict(list)
    for table in schema.tables:
        for key in table.foreign_keys:
            found[key.target].append((table.name, key))
    return found


def column_candidates(
    before: Table, after: Table, inbound: tuple[Inbound, Inbound], equivalent: Equivalent
) -> list[RenameCandidate]:
    """The possible renames of columns between two states of one table, best first."""
    dropped = [column for column in before.columns if not after.has_column(column.name)]
    added = [column for column in after.columns if not before.has_column(column.name)]
    if not dropped or not added:
        return []
    old = [_Facts.of(column, before, after, inbound[0]) for column in dropped]
    new = [_Facts.of(column, after, before, inbound[1]) for column in added]
    pairs = ((one, other) for one in old for other in new)
    found = (_candidate(before.name, one, other, equivalent) for one, other in pairs)
    return weighed(candidate for candidate in found if candidate is not None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """A column with what hangs on it and where it stands among the columns that stay."""

    column: Column
    carried: frozenset[Hashable]
    has_inbound: bool
    is_key: bool
    place: tuple[str, int]

    @classmethod
    def of(cls, column: Column, table: Table, other: Table, inbound: Inbound) -> _Facts:
        carried: set[Hashable] = set()
        for constraint in table.constraints:
            carried |= _constraint_facts(constraint, column.name)
        for index in table.indexes:
            carried |= _index_facts(index, column.name)
        pointing = {
            (source, key.columns, _blanked(key.target_columns, column.name))
            for source, key in inbound.get(table.name, ())
            if column.name in key.target_columns and source != table.name
        }
        key = table.primary_key
        return cls(
            column,
            frozenset(carried | pointing),
            bool(pointing),
            key is not None and key.columns == (column.name,),
            _place(column.name, table, other),
        )


def _place(name: str, table: Table, other: Table) -> tuple[str, int]:
    """The nearest column before it that stays, and how many that do not stand between."""
    anchor, between = "", 0
    for column in table.columns:
        if column.name == name:
            break
        if other.has_column(column.name):
            anchor, between = column.name, 0
        else:
            between += 1
    return anchor, between


def _blanked(columns: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(ITSELF if column == name else column for column in columns)


def _constraint_facts(constraint: Constraint, name: str) -> set[Hashable]:
    match constraint:
        case PrimaryKey() | Unique() | ForeignKey():
            if name not in constraint.columns:
                return set()
            columns = _blanked(constraint.columns, name)
            return {replace(constraint, name=None, columns=columns)}
        case Check():
            if not names_in(constraint.expression, {name}):
                return set()
            return {("check", rename_in(constraint.expression, name, ITSELF))}
        case Exclude():
            if not any(element.column == name for element in constraint.elements):
                return set()
            return {("exclude", len(constraint.elements), constraint.method)}


def _index_facts(index: Index, name: str) -> set[Hashable]:
    if name not in index.columns:
        return set()
    parts = tuple(
        replace(part, column=ITSELF) if part.column == name else part for part in index.parts
    )
    return {(index.unique, index.method, parts, index.where is None)}


def _candidate(
    table: QualifiedName, old: _Facts, new: _Facts, equivalent: Equivalent
) -> RenameCandidate | None:
    before, after = old.column, new.column
    if (before.generated is None) != (after.generated is None):
        return None
    alike = likeness(before.name, after.name)
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
    if alike >= 0.6:
        why.append("names alike")
    certain = _is_certain(old, new, alike, same_type, same_family, same_default)
    return RenameCandidate(
        "column", table, before.name, after.name, round(min(score, 1.0), 3), tuple(why), certain
    )


def _is_certain(
    old: _Facts, new: _Facts, alike: float, same_type: bool, same_family: bool, same_default: bool
) -> bool:
    """Only where dropping the one and adding the other makes no sense by itself."""
    same_place = old.place == new.place
    carries_the_same = old.carried == new.carried and bool(old.carried)
    if alike == SAME:
        return same_family and (same_place or (same_type and carries_the_same))
    if not (same_type and same_place and carries_the_same):
        return False
    same_nulls = old.column.nullable == new.column.nullable
    if alike >= NEAR:
        return same_nulls and same_default
    return old.is_key and old.has_inbound
