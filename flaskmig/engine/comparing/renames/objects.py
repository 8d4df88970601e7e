"""Which dropped enum, enum value or sequence may be which added one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from flaskmig.engine.comparing.renames.candidate import RenameCandidate, weighed
from flaskmig.engine.comparing.renames.likeness import NEAR, SAME, likeness
from flaskmig.engine.comparing.renames.words import Kind, rename_of
from flaskmig.schema import Column, Enum, QualifiedName, Schema, Sequence

Users: TypeAlias = dict[QualifiedName, set[tuple[QualifiedName, str]]]


def enum_candidates(current: Schema, desired: Schema) -> list[RenameCandidate]:
    """The possible renames of enum types, best first."""
    dropped = [enum for enum in current.enums if desired.find_enum(enum.name) is None]
    added = [enum for enum in desired.enums if current.find_enum(enum.name) is None]
    if not dropped or not added:
        return []
    old = _users(current, lambda column: column.type.enum)
    new = _users(desired, lambda column: column.type.enum)
    found = []
    for before in dropped:
        for after in added:
            common = set(before.values) & set(after.values)
            share = len(common) / len({*before.values, *after.values})
            moved = _moved(before.name, after.name, old, new, desired)
            same = before.values == after.values
            why = "same values" if same else f"{len(common)} values are the same"
            if common or likeness(before.name.name, after.name.name) >= NEAR:
                found.append(
                    _candidate("enum", before, after, share, moved, [why], certain=same and moved)
                )
    return weighed(found)


def sequence_candidates(current: Schema, desired: Schema) -> list[RenameCandidate]:
    """The possible renames of sequences, best first."""
    dropped = [s for s in current.sequences if desired.find_sequence(s.name) is None]
    added = [s for s in desired.sequences if current.find_sequence(s.name) is None]
    if not dropped or not added:
        return []
    old = _users(current, lambda column: column.sequence)
    new = _users(desired, lambda column: column.sequence)
    found = []
    for before in dropped:
        for after in added:
            same = replace(before, name=after.name) == after
            moved = _moved(before.name, after.name, old, new, desired)
            why = ["same options"] if same else []
            found.append(
                _candidate("sequence", before, after, float(same), moved, why, same and moved)
            )
    return weighed(found)


def value_candidates(before: Enum, after: Enum) -> list[RenameCandidate]:
    """The possible renames of the values of one enum, best first."""
    removed = [value for value in before.values if value not in after.values]
    added = [value for value in after.values if value not in before.values]
    found = []
    for old in removed:
        for new in added:
            same_place = _neighbours(before, old, after) == _neighbours(after, new, before)
            alike = likeness(old, new)
            score = 0.25 + (0.3 if same_place else 0.0) + 0.45 * alike
            if score < 0.4:
                continue
            why = ["same place among the values"] if same_place else []
            why += ["names alike"] if alike >= NEAR else []
            certain = same_place and alike == SAME
            found.append(
                RenameCandidate(
                    "enum_value", before.name, old, new, round(score, 3), tuple(why), certain
                )
            )
    return weighed(found)


def _neighbours(enum: Enum, value: str, other: Enum) -> tuple[str | None, int]:
    """The nearest value before it that stays, and how many that do not stand between."""
    anchor, between = None, 0
    for one in enum.values[: enum.values.index(value)]:
        anchor, between = (one, 0) if one in other.values else (anchor, between + 1)
    return anchor, between


def _candidate(
    kind: Kind,
    before: Enum | Sequence,
    after: Enum | Sequence,
    share: float,
    moved: bool,
    why: list[str],
    certain: bool,
) -> RenameCandidate:
    alike = likeness(before.name.name, after.name.name)
    rename = rename_of(kind, before.name, after.name)
    why = why + (["used by the same columns"] if moved else [])
    why += ["names alike"] if alike >= NEAR else []
    score = 0.45 * share + 0.25 * alike + (0.3 if moved else 0.0)
    return RenameCandidate(
        kind, None, rename.before, rename.after, round(score, 3), tuple(why), certain
    )


def _users(schema: Schema, used: Callable[[Column], QualifiedName | None]) -> Users:
    users: Users = {}
    for table in schema.tables:
        for column in table.columns:
            name = used(column)
            if name is not None:
                users.setdefault(name, set()).add((table.name, column.name))
    return users


def _moved(
    before: QualifiedName, after: QualifiedName, old: Users, new: Users, desired: Schema
) -> bool:
    """Whether every column that used the one and is still there now uses the other."""
    staying = {user for user in old.get(before, ()) if _is_there(user, desired)}
    return bool(staying) and staying <= new.get(after, set())


def _is_there(user: tuple[QualifiedName, str], schema: Schema) -> bool:
    table = schema.find_table(user[0])
    return table is not None and table.has_column(user[1])


def changed_enums(current: Schema, desired: Schema) -> Iterable[tuple[Enum, Enum]]:
    """The enums whose values differ, before and after."""
    for enum in current.enums:
        wanted = desired.find_enum(enum.name)
        if wanted is not None and set(wanted.values) != set(enum.values):
            yield enum, wanted
