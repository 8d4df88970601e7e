"""The tables that are in a database just as models want them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from flaskmig.engine.comparing.renames import RenameCandidate
from flaskmig.engine.detecting.pairing import Candidate, Pair
from flaskmig.engine.models.outlines import kind_column
from flaskmig.operations import (
    AddColumn,
    AlterColumn,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameEnum,
    RenameEnumValue,
    RenameIndex,
    RenameSequence,
    RenameTable,
)
from flaskmig.operations.mentions import names_mentioned
from flaskmig.schema import Column, Enum, PrimaryKey, QualifiedName, Schema, Table, Unique

_RENAMES = (
    RenameTable,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
    RenameEnum,
    RenameEnumValue,
    RenameSequence,
)
# SQLite has names such as [name] and `name`.
_OTHER_QUOTES = re.compile(r"\[([^\]]+)\]|`([^`]+)`")
ColumnOf: TypeAlias = Callable[[Hashable], Column]


@dataclass(frozen=True)
class Unchanged:
    """The tables that were found unchanged; both sides of a comparison are without them.

    ``all_enums`` are the native enums of tables in the models.
    """

    tables: Mapping[QualifiedName, Candidate] = field(default_factory=dict)
    stored_column: ColumnOf = kind_column
    all_enums: Mapping[QualifiedName, tuple[Enum, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.tables)

    def __contains__(self, name: object) -> bool:
        return name in self.tables

    def without(self, names: Collection[QualifiedName]) -> Unchanged:
        kept = {name: each for name, each in self.tables.items() if name not in names}
        return Unchanged(kept, self.stored_column, self.all_enums)

    @property
    def enums(self) -> Mapping[QualifiedName, tuple[Enum, ...]]:
        """The names of the tables, each with the native enums that models say it has."""
        return {name: self.all_enums.get(name, ()) for name in self.tables}

    def needed_by(self, *sides: Schema) -> set[QualifiedName]:
        """The tables that a view, function or trigger of the sides names, in any schema."""
        if not self.tables:
            return set()
        words = {word.lower() for side in sides for word in _words(side)}
        return {name for name in self.tables if name.name.lower() in words} if words else set()

    def suffices_for(
        self, operations: Iterable[Operation], candidates: Collection[RenameCandidate]
    ) -> bool:
        """Whether the operations, and what may be renames, are those of all tables.

        Not where names change, or something that foreign keys rest on.
        """
        if not self.tables:
            return True
        if candidates or any(isinstance(each, _RENAMES) for each in operations):
            return False
        shaken = set(_shaken(operations))
        return not shaken or not any(
            key.target in shaken for each in self.tables.values() for key in each.stored.keys
        )

    def in_use(
        self, wanted: Callable[[QualifiedName], bool] = lambda name: True
    ) -> set[QualifiedName]:
        """The enums and sequences that columns use, on either side, of the tables ``wanted``."""
        return {use for name, used in self._uses() if wanted(name) for use in used}

    def on_current(self) -> Iterator[Table]:
        """The tables as the database has them."""
        column = self._once(self.stored_column)
        return (each.stored.table(column) for each in self.tables.values())

    def on_desired(self) -> Iterator[Table]:
        """The tables in the database's words, with what a file needs of the models."""
        wanted = {pair: self._wanted(pair) for pair in self._pairs}
        for each in self.tables.values():
            outline = each.stored._replace(columns=each.wanted.columns, facts=each.pairs)
            yield outline.table(wanted.__getitem__)  # type: ignore[arg-type]

    def _uses(self) -> Iterator[tuple[QualifiedName, set[QualifiedName]]]:
        used = {pair: names for pair in self._pairs if (names := set(self._used(pair)))}
        for name, each in self.tables.items():
            if used and not used.keys().isdisjoint(each.pairs):
                yield name, {use for pair in each.pairs for use in used.get(pair, ())}

    @cached_property
    def _pairs(self) -> set[Pair]:
        return {pair for each in self.tables.values() for pair in each.pairs}

    def _used(self, pair: Pair) -> Iterator[QualifiedName]:
        for column in (kind_column(pair[0]), self.stored_column(pair[1])):
            yield from (name for name in (column.type.enum, column.sequence) if name is not None)

    def _wanted(self, pair: Pair) -> Column:
        model, stored = kind_column(pair[0]), self.stored_column(pair[1])
        return replace(
            stored,
            type=replace(stored.type, source=model.type.source),
            default_source=model.default_source,
            sequence=model.sequence,
        )

    @staticmethod
    def _once(column: ColumnOf) -> ColumnOf:
        known: dict[Hashable, Column] = {}

        def remembered(facts: Hashable) -> Column:
            found = known.get(facts)
            if found is None:
                found = known[facts] = column(facts)
            return found

        return remembered


NONE_UNCHANGED = Unchanged()


def _shaken(operations: Iterable[Operation]) -> Iterator[QualifiedName]:
    """The tables of which a key goes, or a column changes its type or is made anew, or all goes."""
    added: set[tuple[QualifiedName, str]] = set()
    dropped: set[tuple[QualifiedName, str]] = set()
    for operation in operations:
        match operation:
            case DropTable(table=table):
                yield table.name
            case DropConstraint(table=name, constraint=PrimaryKey() | Unique()):
                yield name
            case DropIndex(table=name, index=index) if index.unique:
                yield name
            case AlterColumn(table=name) if "type" in operation.changed:
                yield name
            case AddColumn(table=name, column=column):
                added.add((name, column.name))
            case DropColumn(table=name, column=column):
                dropped.add((name, column.name))
            case _:
                pass
    yield from (name for name, _ in added & dropped)


def _words(side: Schema) -> Iterator[str]:
    """The names in what a side declares, rather too many than too few."""
    texts = [trigger.definition for trigger in side.triggers]
    for view in side.views:
        yield from (name.name for name in view.relations)
        texts.append(view.definition)
    for function in side.functions:
        texts += (function.definition, function.arguments, function.interface)
    for text in texts:
        yield from (name.name for name in names_mentioned(text))
        yield from (name for names in _OTHER_QUOTES.findall(text) for name in names)
    yield from (trigger.table.name for trigger in side.triggers)
