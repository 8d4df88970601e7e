"""Swaps and chains that show: names that stay, on columns or tables that are others now.

A swap of two that are alike leaves no trace and has to be said; one of two that differ looks
like two changes, which would put one's rows under the other's type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from flaskmig.engine.comparing.renames.candidate import RenameCandidate
from flaskmig.engine.comparing.renames.words import Rename, rename_of
from flaskmig.schema import Column, Schema, Table

SCORE = 0.6
# How much of a table must be found again under another name, and how little under its own.
FOUND_AGAIN = 0.8
NOT_RECOGNISED = 0.5
T = TypeVar("T", Column, Table)


def crossed_columns(before: Table, after: Table) -> Iterator[RenameCandidate]:
    """Columns of one table that may have changed places, or passed their names on."""
    moved = [
        (column, after.column(column.name))
        for column in before.columns
        if after.has_column(column.name) and after.column(column.name).type != column.type
    ]
    if not moved:
        return
    dropped = [column for column in before.columns if not after.has_column(column.name)]
    added = [column for column in after.columns if not before.has_column(column.name)]
    for pairs in _crossings(moved, dropped, added, _is_same_column):
        renames = [Rename("column", before.name, old.name, new.name) for old, new in pairs]
        why = tuple(f"{new.name} is {new.type.sql} now, as {old.name} was" for old, new in pairs)
        yield _together(renames, why)


def crossed_tables(current: Schema, desired: Schema) -> Iterator[RenameCandidate]:
    """Tables that may have changed places, or passed their names on."""
    moved = [
        (table, wanted)
        for table in current.tables
        if (wanted := desired.find_table(table.name)) is not None
        and wanted is not table
        and wanted.columns != table.columns
        and _share(table, wanted) < NOT_RECOGNISED
    ]
    if not moved:
        return
    dropped = [table for table in current.tables if desired.find_table(table.name) is None]
    added = [table for table in desired.tables if current.find_table(table.name) is None]
    for pairs in _crossings(moved, dropped, added, _is_same_table):
        renames = [rename_of("table", old.name, new.name) for old, new in pairs]
        yield _together(
            renames, tuple(f"{new.name} has the columns of {old.name}" for old, new in pairs)
        )


def _crossings(
    moved: Sequence[tuple[T, T]],
    dropped: Sequence[T],
    added: Sequence[T],
    fits: Callable[[T, T], bool],
) -> Iterator[list[tuple[T, T]]]:
    """What of ``moved`` went elsewhere while another took its name; each only once."""
    used: set[str] = set()
    for number, (old, new) in enumerate(moved):
        for other_old, other_new in moved[number + 1 :]:
            fresh = used.isdisjoint((str(old.name), str(other_old.name)))
            if fresh and fits(old, other_new) and fits(other_old, new):
                used |= {str(old.name), str(other_old.name)}
                yield [(old, other_new), (other_old, new)]
    for old, new in moved:
        source = next((each for each in dropped if fits(each, new)), None)
        target = next((each for each in added if fits(old, each)), None)
        if source is None or target is None:
            continue
        names = {str(old.name), str(source.name), str(target.name)}
        if used.isdisjoint(names):
            used |= names
            yield [(old, target), (source, new)]


def _is_same_column(before: Column, after: Column) -> bool:
    return before.type == after.type and before.nullable == after.nullable


def _is_same_table(before: Table, after: Table) -> bool:
    return len(before.columns) > 1 and _share(before, after) >= FOUND_AGAIN


def _share(before: Table, after: Table) -> float:
    """How many of the columns are the same, 0.0 to 1.0."""
    old = {(column.name, column.type.sql) for column in before.columns}
    new = {(column.name, column.type.sql) for column in after.columns}
    return len(old & new) / max(len(old | new), 1)


def _together(renames: list[Rename], why: tuple[str, ...]) -> RenameCandidate:
    first, *rest = renames
    return RenameCandidate(
        first.kind, first.table, first.before, first.after, SCORE, why, along=tuple(rest)
    )
