"""Which dropped table may be which added one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from flaskmig.engine.comparing.matching import Equivalent, same_text
from flaskmig.engine.comparing.renames.candidate import RenameCandidate, weighed
from flaskmig.engine.comparing.renames.likeness import NEAR, SAME, WITHIN, likeness
from flaskmig.engine.comparing.renames.words import rename_of
from flaskmig.schema import Column, ForeignKey, PrimaryKey, QualifiedName, Schema, Table, Unique

THRESHOLD = 0.45
# How much of a table must be in one that the foreign keys follow to, for it to be certain.
FOLLOWED = 0.6
# Columns that unrelated tables have in common.
# fmt: off
COMMON = frozenset(
    [
        "id", "uuid", "name", "title", "slug", "label", "code", "key", "value", "status",
        "state", "type", "kind", "position", "description", "created", "created_at",
        "created_on", "updated", "updated_at", "updated_on", "deleted_at", "is_active",
        "active", "user_id", "version",
    ]
)
# fmt: on


def table_candidates(
    current: Schema, desired: Schema, equivalent: Equivalent
) -> list[RenameCandidate]:
    """The possible renames of tables, best first."""
    dropped = [table for table in current.tables if desired.find_table(table.name) is None]
    added = [table for table in desired.tables if current.find_table(table.name) is None]
    if not dropped or not added:
        return []
    gone = {table.name for table in dropped} | {table.name for table in added}
    pairs = _worth_a_look(dropped, added)
    followed = _followed(current, desired)
    found = (
        _candidate(before, after, gone, equivalent, (before.name, after.name) in followed)
        for before, after in pairs
    )
    return weighed(candidate for candidate in found if candidate is not None)


def _followed(current: Schema, desired: Schema) -> set[tuple[QualifiedName, QualifiedName]]:
    """The pairs of tables where all that pointed at the one points at the other now.

    Only foreign keys of tables and columns that stay count: their rows still have the old
    table's keys in them.
    """
    pointed: dict[QualifiedName, set[QualifiedName | None]] = defaultdict(set)
    for table in current.tables:
        wanted = desired.find_table(table.name)
        if wanted is None:
            continue
        targets = {key.columns: key.target for key in wanted.foreign_keys}
        for key in table.foreign_keys:
            if key.target != table.name and all(map(wanted.has_column, key.columns)):
                pointed[key.target].add(targets.get(key.columns))
    return {
        (before, after)
        for before, targets in pointed.items()
        if len(targets) == 1
        for after in targets
        if after is not None
    }


def _worth_a_look(before: list[Table], after: list[Table]) -> Iterator[tuple[Table, Table]]:
    """The pairs that share a column or a likely name, without trying all of them."""
    by_column: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, table in enumerate(before):
        for column in table.columns:
            by_column[column.name, column.type.sql].append(number)
    few = len(before) * len(after) <= 400
    for table in after:
        shared = range(len(before)) if few else _sharing(table.columns, by_column, len(before))
        yield from ((before[number], table) for number in sorted(shared))


def _sharing(
    columns: Iterable[Column], by_column: dict[tuple[str, str], list[int]], tables: int
) -> set[int]:
    shared: set[int] = set()
    for column in columns:
        holders = by_column.get((column.name, column.type.sql), [])
        if len(holders) <= max(20, tables // 50):
            shared.update(holders)
    return shared


def _candidate(
    before: Table,
    after: Table,
    gone: set[QualifiedName],
    equivalent: Equivalent,
    is_followed: bool,
) -> RenameCandidate | None:
    exact, share = _shared_columns(before, after, equivalent)
    size = max(len(before.columns), len(after.columns), 1)
    alike = likeness(before.name.name, after.name.name)
    same_shape = _shape(before, gone) == _shape(after, gone)
    score = 0.6 * share + 0.25 * alike + (0.15 if same_shape else 0.0)
    score += 0.2 if is_followed else 0.0
    if score < THRESHOLD:
        return None
    why = [f"{len(exact)} of {size} columns are the same"]
    if same_shape:
        why.append("same keys and indexes")
    if is_followed:
        why.append("the foreign keys point there now")
    if alike >= NEAR:
        why.append("names alike")
    special = [name for name in exact if name not in COMMON]
    whole = len(exact) == size and same_shape
    rename = rename_of("table", before.name, after.name)
    return RenameCandidate(
        rename.kind,
        None,
        rename.before,
        rename.after,
        round(min(score, 1.0), 3),
        tuple(why),
        _is_certain(alike, len(exact), len(exact) / size, len(special), whole)
        or (is_followed and len(exact) >= 2 and share >= FOLLOWED),
    )


def _is_certain(alike: float, same: int, share: float, special: int, whole: bool) -> bool:
    """Only where making a new table of this shape while dropping the old one makes no sense."""
    if alike >= NEAR and same >= 2 and share >= (0.6 if alike == SAME else 0.75):
        return True
    if alike >= WITHIN and same >= 3 and share >= 0.9:
        return special >= 1
    return whole and same >= 4 and special >= 2


def _shared_columns(before: Table, after: Table, equivalent: Equivalent) -> tuple[list[str], float]:
    """The names of the columns that are the same, and the share of all that is alike, 0 to 1.

    A column that only keeps its name counts half, one that keeps its type and place a little.
    """
    wanted = {column.name: column for column in after.columns}
    exact: list[str] = []
    points = 0.0
    for place, column in enumerate(before.columns):
        other = wanted.get(column.name)
        if other is not None:
            is_same = _same_column(column, other, equivalent)
            exact += [column.name] if is_same else []
            points += 1.0 if is_same else 0.5
        elif place < len(after.columns):
            there = after.columns[place]
            is_free = not before.has_column(there.name)
            points += 0.4 if is_free and there.type == column.type else 0.0
    return exact, points / max(len(before.columns), len(after.columns), 1)


def _same_column(before: Column, after: Column, equivalent: Equivalent) -> bool:
    return (
        before.type == after.type
        and before.nullable == after.nullable
        and same_text(before.default, after.default, equivalent)
    )


def _shape(table: Table, gone: set[QualifiedName]) -> frozenset[Hashable]:
    """Keys and indexes without names; targets that may be renamed themselves are all alike."""
    facts: set[Hashable] = set()
    for constraint in table.constraints:
        match constraint:
            case ForeignKey():
                target = None if constraint.target in gone else constraint.target
                facts.add((constraint.columns, target, constraint.target_columns))
            case PrimaryKey() | Unique():
                facts.add(replace(constraint, name=None))
            case _:
                pass
    for index in table.indexes:
        facts.add((index.parts, index.unique, index.where is None))
    return frozenset(facts)
