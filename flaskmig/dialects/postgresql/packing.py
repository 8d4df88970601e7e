"""The distinct parts of many tables, put into few tables to be described.

How PostgreSQL spells a default, a check or an index depends on its text and on the columns that it
names, and on nothing else of the table. Making each of a thousand tables for a look takes seconds;
their distinct parts are made in a moment.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from flaskmig.schema import (
    Check,
    Column,
    Exclude,
    Index,
    QualifiedName,
    Table,
    constraint_columns,
)
from flaskmig.sql import tokens

Item: TypeAlias = Column | Check | Exclude | Index
# The number of a pack, the kind of part, and its name in there.
_Place: TypeAlias = tuple[int, type[Item], str]

# PostgreSQL allows 1,600 columns; each index is a relation with a lock of its own.
_COLUMNS = 400
_INDEXES = 50


@dataclass(frozen=True, slots=True)
class _Part:
    """What is described by itself, with the columns that it names.

    ``table`` is the name that its table must have, because the text says it.
    """

    item: Item
    columns: tuple[Column, ...] = ()
    table: str | None = None

    @property
    def key(self) -> Hashable:
        """Equal for parts of which the description is the same."""
        sequence = self.item.sequence if isinstance(self.item, Column) else None
        return self.item, sequence, self.columns, self.table


@dataclass(slots=True)
class _Pack:
    """A table to be made for a look."""

    name: str
    plain: dict[str, Column] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)
    constraints: list[Check | Exclude] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)

    def has_room(self, part: _Part) -> bool:
        if len(self.plain) + len(self.columns) + len(part.columns) >= _COLUMNS:
            return False
        if len(self.indexes) + len(self.constraints) >= _INDEXES:
            return False
        return all(self.plain.get(each.name, each) == each for each in part.columns)

    def put(self, part: _Part) -> str:
        """Take the part in; its name among those of its kind, which the text of none has."""
        self.plain.update((each.name, each) for each in part.columns)
        name = f"flaskmig_{len(self.columns) + len(self.constraints) + len(self.indexes)}"
        match part.item:
            case Column():
                self.columns.append(replace(part.item, name=name))
            case Index():
                self.indexes.append(replace(part.item, name=name))
            case Check() | Exclude():
                self.constraints.append(replace(part.item, name=name))
        return name

    @property
    def table(self) -> Table:
        return Table(
            name=QualifiedName(self.name),
            columns=(*self.columns, *self.plain.values()),
            constraints=tuple(self.constraints),
            indexes=tuple(self.indexes),
        )


class Packing:
    """The tables to make for the description of others, and where each part is in them."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._packs: list[_Pack] = []
        self._known: dict[Hashable, _Place] = {}
        self._places = [[self._place(part) for part in _parts(table)] for table in tables]

    @property
    def tables(self) -> list[Table]:
        """What to make."""
        return [pack.table for pack in self._packs]

    def unpacked(self, described: Sequence[Table]) -> Iterator[list[Item]]:
        """For each table its columns, checks and exclusions, and indexes, as the database has them.

        ``described`` are `tables` as they were described, in their order.
        """
        found = {
            (number, type(item), item.name): item
            for number, table in enumerate(described)
            for item in (*table.columns, *table.constraints, *table.indexes)
            if isinstance(item, Item)
        }
        for places in self._places:
            yield [found[place] for place in places]

    def _place(self, part: _Part) -> _Place:
        key = part.key
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._put(part)
        return found

    def _put(self, part: _Part) -> _Place:
        for number, pack in enumerate(self._packs):
            if part.table in (None, pack.name) and pack.has_room(part):
                return number, type(part.item), pack.put(part)
        pack = _Pack(part.table or f"flaskmig_{len(self._packs)}")
        self._packs.append(pack)
        return len(self._packs) - 1, type(part.item), pack.put(part)


def _parts(table: Table) -> Iterator[_Part]:
    plain = {each.name: _plain(each) for each in table.columns}

    def part(item: Item, columns: Iterable[str], *texts: str | None) -> _Part:
        said = frozenset[str]().union(*(_names(text) for text in texts if text))
        named = {*columns, *said}
        needed = tuple(column for name, column in plain.items() if name in named)
        own_name = table.name.name
        return _Part(item, needed, own_name if own_name in said else None)

    for column in table.columns:
        item = replace(column, name="", comment=None)
        yield part(item, (), column.generated.expression if column.generated else None)
    for each in table.constraints:
        match each:
            case Check():
                yield part(replace(each, name=None, not_valid=False), (), each.expression)
            case Exclude():
                expressions = (element.expression for element in each.elements)
                bare = replace(each, name=None)
                yield part(bare, constraint_columns(each), each.where, *expressions)
    for index in table.indexes:
        expressions = (element.expression for element in index.parts)
        plain_index = replace(index, name="", options=(), tablespace=None)
        yield part(plain_index, index.columns, index.where, *expressions)


def _plain(column: Column) -> Column:
    """What an expression that names a column depends on."""
    return Column(name=column.name, type=column.type, collation=column.collation)


@lru_cache(maxsize=4096)
def _names(text: str) -> frozenset[str]:
    """Every name in a text as PostgreSQL reads it, and words that are none."""
    return frozenset(
        token.name if token.kind == "quoted" else token.text.lower()
        for token in tokens(text, "postgresql")
        if token.kind in ("word", "quoted")
    )
