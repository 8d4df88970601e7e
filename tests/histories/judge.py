"""Where two databases differ, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.histories.contents import Rows, SchemaParts


def schema_differences(theirs: SchemaParts, ours: SchemaParts) -> Iterator[str]:
    """What is in one schema and not in the other."""
    for name in sorted(theirs.keys() | ours.keys()):
        if theirs.get(name) == ours.get(name):
            continue
        if isinstance(theirs.get(name), set) and isinstance(ours.get(name), set):
            yield from _set_differences(name, theirs[name], ours[name])
        elif name.endswith(" columns") and name in theirs and name in ours:
            yield from _column_differences(name, theirs[name], ours[name])
        else:
            yield f"{name}: Alembic {theirs.get(name)}, flaskmig {ours.get(name)}"


def row_differences(theirs: Rows, ours: Rows, again: Rows | None) -> Iterator[str]:
    """Which rows are in one database and not in the other.

    ``again`` are the rows of a second run of Alembic's: columns in which that differs from the
    first hold moments or random values, and there only the kind of the values is compared.
    """
    for table in sorted(theirs.keys() & ours.keys()):
        volatile = _volatile(theirs[table], again[table]) if again is not None else frozenset()
        left, right = (Counter(_keys(rows, volatile)) for rows in (theirs[table], ours[table]))
        for row, times in (left - right).items():
            yield f"rows of {table}: {times} of {row} are Alembic's alone"
        for row, times in (right - left).items():
            yield f"rows of {table}: {times} of {row} are flaskmig's alone"


def _volatile(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> frozenset[str]:
    names = first[0].keys() if first else ()
    return frozenset(
        name
        for name in names
        if Counter(repr(row[name]) for row in first)
        != Counter(repr(row.get(name)) for row in second)
    )


def _keys(rows: Iterable[Mapping[str, Any]], volatile: frozenset[str]) -> Iterator[str]:
    for row in rows:
        yield repr(
            sorted(
                (name, _kind(value) if name in volatile else repr(value))
                for name, value in row.items()
            )
        )


def _kind(value: Any) -> str:
    """What a value is like, where what it is differs from run to run."""
    length = len(value) if isinstance(value, str | bytes) else ""
    return f"some {type(value).__name__} {length}"


def _set_differences(name: str, theirs: Any, ours: Any) -> Iterator[str]:
    for part in sorted(theirs - ours):
        yield f"{name}: Alembic alone has {' '.join(part)}"
    for part in sorted(ours - theirs):
        yield f"{name}: flaskmig alone has {' '.join(part)}"


def _column_differences(name: str, theirs: Any, ours: Any) -> Iterator[str]:
    by_name = {each[0]: each for each in ours}
    for column in theirs:
        if column[0] not in by_name:
            yield f"{name}: Alembic alone has {_said(column)}"
        elif by_name[column[0]] != column:
            other = by_name[column[0]]
            yield f"{name}: Alembic has {_said(column)}, flaskmig has {_said(other)}"
    for column in ours:
        if column[0] not in {each[0] for each in theirs}:
            yield f"{name}: flaskmig alone has {_said(column)}"
    order, other_order = ([each[0] for each in side] for side in (theirs, ours))
    if order != other_order and set(order) == set(other_order):
        said, other_said = (", ".join(each) for each in (order, other_order))
        yield f"{name}: the order of Alembic's is {said}, that of flaskmig's is {other_said}"


def _said(column: Any) -> str:
    name, type_, clauses = column
    return " ".join([name, *type_, *(word for clause in sorted(clauses) for word in clause)])
