"""Several spellings of one table, and which parts of another they say are the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Exclude,
    ForeignKey,
    Index,
    Table,
)

T = TypeVar("T", Constraint, Index)


@dataclass(slots=True)
class Spellings:
    """A table as it was asked about, and as the database described it, the first time first."""

    asked: Table
    described: list[Table] = field(default_factory=list)

    @property
    def latest(self) -> Table:
        return self.described[-1] if self.described else self.asked

    def columns(self, name: str) -> Iterator[Column]:
        for table in self.described:
            yield from (column for column in table.columns if column.name == name)

    def constraints(self, name: str | None) -> Iterator[Constraint]:
        for table in self.described:
            yield from (c for c in table.constraints if c.name == name)

    def indexes(self, name: str) -> Iterator[Index]:
        for table in self.described:
            yield from (index for index in table.indexes if index.name == name)


def adopt(current: Table, desired: Table, spelled: Spellings, present: Spellings | None) -> Table:
    """The desired table with the current one's words for each part that is the same.

    ``spelled`` are the desired table's spellings, ``present`` the current one's if asked for.
    """
    return replace(
        desired,
        columns=tuple(_column(current, column, spelled, present) for column in desired.columns),
        constraints=tuple(_constraints(current, desired, spelled, present)),
        indexes=tuple(_indexes(current, desired, spelled, present)),
    )


def _column(
    current: Table, column: Column, spelled: Spellings, present: Spellings | None
) -> Column:
    described = list(spelled.columns(column.name))
    if not described:
        return column
    kept: dict[str, Any] = {"collation": described[0].collation}
    # The catalogue's own spelling of a type wins over ours.
    kept["type"] = replace(described[0].type, source=column.type.source)
    before = next((c for c in current.columns if c.name == column.name), None)
    if before is not None:
        same = [before, *(present.columns(column.name) if present else ())]
        for attribute in ("default", "generated"):
            words = {getattr(each, attribute) for each in described}
            if words & {getattr(each, attribute) for each in same}:
                kept[attribute] = getattr(before, attribute)
    return replace(column, **kept)


def _constraints(
    current: Table, desired: Table, spelled: Spellings, present: Spellings | None
) -> Iterator[Constraint]:
    known = _Known(current.constraints, _marks(current, present), present)
    marks = _marks(desired, spelled)
    for constraint in desired.constraints:
        if not isinstance(constraint, Check | Exclude):
            yield constraint
            continue
        mark = constraint.name or marks.get(constraint)
        words = [replace(each, name=None) for each in spelled.constraints(mark)]
        found = known.take(constraint.name, words)
        yield replace(found, name=constraint.name) if found is not None else constraint


def _indexes(
    current: Table, desired: Table, spelled: Spellings, present: Spellings | None
) -> Iterator[Index]:
    known = _Known(current.indexes, {}, present)
    for index in desired.indexes:
        words = [replace(each, name="") for each in spelled.indexes(index.name)]
        found = known.take(index.name, words)
        yield replace(found, name=index.name) if found is not None else index


def _marks(table: Table, spelled: Spellings | None) -> dict[Constraint, str | None]:
    """The names under which constraints without one were asked about."""
    if spelled is None:
        return {}
    names = {replace(c, name=None): c.name for c in spelled.asked.constraints}
    return {
        constraint: names.get(constraint)
        for constraint in table.constraints
        if constraint.name is None and not isinstance(constraint, ForeignKey)
    }


class _Known:
    """The current table's constraints or indexes by their spellings, each given out once."""

    def __init__(
        self,
        items: Iterable[Constraint | Index],
        marks: dict[Constraint, str | None],
        present: Spellings | None,
    ) -> None:
        self._free = [(item, set(_words(item, marks, present))) for item in items]

    def take(self, name: str | None, words: Iterable[Any]) -> Any:
        """An item of which one spelling is among the words, one of that name before others."""
        wanted = set(words)
        alike = [(item, spellings) for item, spellings in self._free if spellings & wanted]
        alike.sort(key=lambda pair: pair[0].name != name)
        if not alike:
            return None
        self._free.remove(alike[0])
        return alike[0][0]


def _words(
    item: Constraint | Index, marks: dict[Constraint, str | None], present: Spellings | None
) -> Iterator[Hashable]:
    if isinstance(item, Index):
        yield replace(item, name="")
        if present is not None:
            yield from (replace(each, name="") for each in present.indexes(item.name))
        return
    yield replace(item, name=None)
    if present is not None:
        name = item.name or marks.get(item)
        yield from (replace(each, name=None) for each in present.constraints(name))
