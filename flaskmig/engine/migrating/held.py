"""The operations on one table that are held back, to be carried out as one list."""

from __future__ import annotations

from flaskmig.engine.migrating.callers import Call
from flaskmig.engine.migrating.carried import required, table_of
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropIndex,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
    ReorderColumns,
)
from flaskmig.schema import Schema, Table

_GOING_TOGETHER = (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropIndex,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
    ReorderColumns,
)


class Held:
    """Operations in their order, each with the call that it belongs to."""

    def __init__(self) -> None:
        self._operations: list[tuple[Operation, Call]] = []

    def takes(self, operation: Operation) -> bool:
        """Whether the operation is on the same table as those that are held."""
        held = self._operations
        return not held or table_of(held[0][0]) == table_of(operation)

    def add(self, operation: Operation, call: Call) -> None:
        """Hold one more."""
        self._operations.append((operation, call))

    def take(self) -> list[tuple[Operation, Call]]:
        """All of them; none is held from then on."""
        taken, self._operations = self._operations, []
        return taken

    def after(self, table: Table) -> Table:
        """What the table will be; raises ObjectNotFoundError where it will be none."""
        if not self._operations or table_of(self._operations[0][0]) != table.name:
            return table
        schema = Schema(tables=(table,))
        for operation, _ in self._operations:
            schema = operation.apply(schema)
        return required(table.name, schema.find_table(table.name))


def goes_with_others(operation: Operation) -> bool:
    """Whether it can be carried out in one list with others on its table."""
    if isinstance(operation, CreateIndex | DropIndex) and operation.concurrently:
        return False
    return isinstance(operation, _GOING_TOGETHER)
