"""Operations on tables that the same list creates, taken into their creation.

Nothing is moved past what it depends on, and what tables there were before get the very operations
that they got: they have rows, and an AddColumn with a value for those is not a CreateTable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    AlterTable,
    CreateEnum,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropEnum,
    DropIndex,
    DropTable,
    Operation,
    RenameConstraint,
    RenameIndex,
)
from flaskmig.schema import Schema, Table

# What is made of tables and not of text, so that what it uses is known to the last name.
_PLAIN = (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    RenameConstraint,
    RenameIndex,
    CreateEnum,
    AlterEnum,
    DropEnum,
)
_INTO_CREATION = (
    AddColumn,
    AddConstraint,
    AlterTable,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropIndex,
    RenameConstraint,
    RenameIndex,
)


def folded(operations: Iterable[Operation]) -> list[Operation]:
    """Operations that lead to the same schema, with the same rows in tables that were there."""
    found: list[Operation] = []
    for operation in operations:
        place = _creation(found, operation)
        if place is None or not all(_commutes(operation, each) for each in found[place + 1 :]):
            found.append(operation)
        elif isinstance(operation, DropTable):
            del found[place]
        else:
            found[place] = _with(found[place], operation)
    return found


def _creation(before: Sequence[Operation], operation: Operation) -> int | None:
    """Where the table was created that the operation can become a part of."""
    match operation:
        case DropTable(table=table):
            name = table.name
        case AlterColumn(table=name):
            pass
        case _ if isinstance(operation, _INTO_CREATION):
            name = operation.table
        case _:
            return None
    for place in reversed(range(len(before))):
        each = before[place]
        if isinstance(each, CreateTable) and each.table.name == name:
            is_change = isinstance(operation, AlterColumn)
            return None if is_change and not _is_plain_change(each.table, operation) else place
    return None


def _is_plain_change(table: Table, operation: Operation) -> bool:
    """Whether the column is afterwards as if it had been created so.

    A database keeps more of one whose type changed: the type of its sequence, casts in texts.
    """
    assert isinstance(operation, AlterColumn)
    before, after = operation.before, operation.after
    if before.type == after.type and before.collation == after.collation:
        return (before.identity, before.autoincrement, before.sequence) == (
            after.identity,
            after.autoincrement,
            after.sequence,
        ) and before.generated == after.generated
    is_counted = any((before.identity, before.autoincrement, before.sequence, before.generated))
    return not (is_counted or before.default or after.default or _has_texts(table))


def _has_texts(table: Table) -> bool:
    return any(True for _ in table.expressions)


def _with(creation: Operation, operation: Operation) -> CreateTable:
    assert isinstance(creation, CreateTable)
    (table,) = operation.apply(Schema(tables=(creation.table,))).tables
    return CreateTable(table=table)


def _commutes(later: Operation, earlier: Operation) -> bool:
    """Whether the later one can be carried out first."""
    if not isinstance(earlier, _PLAIN) or (
        isinstance(earlier, CreateIndex) and earlier.concurrently
    ):
        return False
    changed = later.creates | later.drops
    if changed & (earlier.creates | earlier.drops | earlier.uses | earlier.releases):
        return False
    return not (later.uses | later.releases) & (earlier.creates | earlier.drops)
