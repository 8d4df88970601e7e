"""Constraints and indexes that must go while a column is made anew, and come back after."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from flaskmig.dialects.postgresql import hazards
from flaskmig.dialects.postgresql.clauses import (
    constraint_clause,
    create_index,
    identifier,
    qualified,
)
from flaskmig.dialects.postgresql.script import Script
from flaskmig.schema import (
    Check,
    Constraint,
    Exclude,
    ForeignKey,
    Index,
    QualifiedName,
    Table,
    constraint_columns,
)
from flaskmig.sql import names


class Dependents(NamedTuple):
    """What of one table is in the way."""

    table: QualifiedName
    constraints: tuple[Constraint, ...]
    indexes: tuple[Index, ...]

    def take_out(self, script: Script) -> None:
        """Drop them, foreign keys before the keys of the same table that they point at."""
        for constraint in reversed(self.constraints):
            name = identifier(constraint.name or "")
            script.add(
                f"ALTER TABLE {qualified(self.table)} DROP CONSTRAINT {name}",
                locks=hazards.dropped_constraint_locks(self.table, constraint),
            )
        for index in self.indexes:
            name = qualified(QualifiedName(index.name, self.table.schema))
            script.add(f"DROP INDEX {name}", locks=hazards.exclusive(self.table))

    def put_back(self, script: Script) -> None:
        """Make them again as they were."""
        for constraint in self.constraints:
            script.add(
                f"ALTER TABLE {qualified(self.table)} ADD {constraint_clause(constraint)}",
                locks=hazards.added_constraint_locks(self.table, constraint),
            )
        for index in self.indexes:
            script.add(create_index(self.table, index), locks=hazards.exclusive(self.table))


def of_column(table: Table, column: str) -> Dependents:
    """All that names the column: it would go with it."""
    return _touched(
        table,
        {column.lower()},
        lambda each: _lower(constraint_columns(each)) | _own_targets(table, each),
        lambda index: _lower(index.columns),
    )


def of_type(table: Table, columns: Collection[str]) -> Dependents:
    """What cannot stay while the columns change their type to another of the same name.

    Plain keys and indexes follow by themselves. A foreign key would compare the new type with
    the old one until the other table has changed too.
    """
    return _touched(
        table,
        _lower(columns),
        lambda each: _lower(each.columns) if isinstance(each, ForeignKey) else frozenset(),
        lambda index: frozenset(),
    )


def _touched(
    table: Table,
    columns: Collection[str],
    of_constraint: Callable[[Constraint], frozenset[str]],
    of_index: Callable[[Index], frozenset[str]],
) -> Dependents:
    touched = frozenset(columns)
    return Dependents(
        table.name,
        tuple(c for c in table.constraints if touched & (of_constraint(c) | _mentioned(c))),
        tuple(i for i in table.indexes if touched & (of_index(i) | _mentioned_in_index(i))),
    )


def _lower(columns: Collection[str]) -> frozenset[str]:
    """As `names` has them: a bare word in an expression does not tell its case."""
    return frozenset(column.lower() for column in columns)


def _own_targets(table: Table, constraint: Constraint) -> frozenset[str]:
    if isinstance(constraint, ForeignKey) and constraint.target == table.name:
        return _lower(constraint.target_columns)
    return frozenset()


def _mentioned(constraint: Constraint) -> frozenset[str]:
    """The columns that its expressions name."""
    match constraint:
        case Check():
            return names(constraint.expression, "postgresql")
        case Exclude():
            found = names(constraint.where or "", "postgresql")
            for element in constraint.elements:
                found |= names(element.expression or "", "postgresql")
            return found
        case _:
            return frozenset()


def _mentioned_in_index(index: Index) -> frozenset[str]:
    found = names(index.where or "", "postgresql")
    for part in index.parts:
        found |= names(part.expression or "", "postgresql")
    return found
