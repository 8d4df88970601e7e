"""The order between a table's settings and its columns and key, as SQLite needs it.

AUTOINCREMENT goes before row numbers do, and comes after they have come. A STRICT table has only
columns of a few types, and one WITHOUT ROWID always has a key (SQLite documentation, "STRICT
Tables" and "WITHOUT ROWID Tables").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    DropColumn,
    DropConstraint,
    Operation,
)
from flaskmig.schema import Column, PrimaryKey

_STRICT_TYPES = frozenset({"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"})


def around_settings(operations: Sequence[Operation]) -> Iterator[tuple[int, int]]:
    """Pairs of places in the list: the first goes before the second."""
    tables = {
        operation.table: (index, dict(operation.before.options), dict(operation.after.options))
        for index, operation in enumerate(operations)
        if isinstance(operation, AlterTable)
    }
    for index, operation in enumerate(operations):
        match operation:
            case AlterColumn() | AddColumn() | DropColumn() | AddConstraint() | DropConstraint():
                table, before, after = tables.get(operation.table, (index, {}, {}))
            case _:
                continue
        lost, gained = _bounds(operation)
        if any(before.get(option) and not after.get(option) for option in gained):
            yield table, index
        if any(after.get(option) and not before.get(option) for option in lost):
            yield index, table


def _bounds(operation: Operation) -> tuple[set[str], set[str]]:
    """The settings that a table cannot have before the operation, and those not after it."""
    match operation:
        case AlterColumn(before=before, after=after):
            return _barred(before), _barred(after)
        case AddColumn(column=column):
            return set(), _barred(column)
        case DropColumn(column=column):
            return _barred(column), set()
        case AddConstraint(constraint=PrimaryKey()):
            return {"without_rowid"}, set()
        case DropConstraint(constraint=PrimaryKey()):
            return set(), {"without_rowid"}
        case _:
            return set(), set()


def _barred(column: Column) -> set[str]:
    """The settings that a table with the column cannot have."""
    barred = {"without_rowid"} if column.autoincrement else set()
    return barred if column.type.sql.upper() in _STRICT_TYPES else barred | {"strict"}
