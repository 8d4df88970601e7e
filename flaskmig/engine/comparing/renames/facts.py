"""What is known of a column beside its name: what hangs on it, and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from flaskmig.engine.comparing.expressions import names_in, rename_in
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

ITSELF = "\0"

Inbound: TypeAlias = Mapping[QualifiedName, "list[tuple[QualifiedName, ForeignKey]]"]


def inbound_keys(schema: Schema) -> Inbound:
    """The foreign keys that point at each table, with the table that each stands in."""
    found: dict[QualifiedName, list[tuple[QualifiedName, ForeignKey]]] = defaultdict(list)
    for table in schema.tables:
        for key in table.foreign_keys:
            found[key.target].append((table.name, key))
    return found


@dataclass(frozen=True, slots=True)
class Facts:
    """``carried`` is what hangs on the column, with the column's own name blanked.

    ``bonds`` are those of it that say more than that the column is looked up or unique by
    itself: foreign keys either way, checks, and keys and indexes of several columns.
    ``targets`` are the columns that its foreign keys point at. ``place`` is the nearest column
    before it that stays, and how many that do not stand between.
    """

    column: Column
    carried: frozenset[Hashable]
    bonds: frozenset[Hashable]
    targets: frozenset[Hashable]
    has_inbound: bool
    is_key: bool
    place: tuple[str, int]

    @classmethod
    def of(cls, column: Column, table: Table, other: Table, inbound: Inbound) -> Facts:
        """The facts of a column of ``table``, which is ``other`` on the other side."""
        name = column.name
        carried: set[Hashable] = set()
        bonds: set[Hashable] = set()
        targets: set[Hashable] = set()
        for constraint in table.constraints:
            facts = _constraint_facts(constraint, name)
            carried |= facts
            if _says_more(constraint):
                bonds |= facts
            if isinstance(constraint, ForeignKey) and name in constraint.columns:
                place = constraint.columns.index(name)
                targets.add((constraint.target, constraint.target_columns[place : place + 1]))
        for index in table.indexes:
            facts = _index_facts(index, name)
            carried |= facts
            bonds |= facts if len(index.parts) > 1 else set()
        pointing = {
            (source, key.columns, _blanked(key.target_columns, name))
            for source, key in inbound.get(table.name, ())
            if name in key.target_columns and source != table.name
        }
        key = table.primary_key
        return cls(
            column=column,
            carried=frozenset(carried | pointing),
            bonds=frozenset(bonds | pointing),
            targets=frozenset(targets),
            has_inbound=bool(pointing),
            is_key=key is not None and key.columns == (name,),
            place=_place(name, table, other),
        )


def _says_more(constraint: Constraint) -> bool:
    match constraint:
        case PrimaryKey() | Unique():
            return len(constraint.columns) > 1
        case ForeignKey() | Check() | Exclude():
            return True


def _place(name: str, table: Table, other: Table) -> tuple[str, int]:
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
