"""What an operation loses, in one sentence: alike in revision files and in warnings."""

from __future__ import annotations

from flaskmig.dialects.base import Loss
from flaskmig.operations import (
    AlterColumn,
    AlterEnum,
    DropColumn,
    DropSequence,
    DropTable,
    Operation,
)
from flaskmig.schema import Column, QualifiedName, Table


def losses(operation: Operation) -> tuple[Loss, ...]:
    """What is lost on any database; empty where the reverse brings everything back."""
    match operation:
        case DropTable(table=table):
            return (dropped_table(table),)
        case DropColumn(table=name, column=column) if column.generated is None:
            return (dropped_column(name, column),)
        case AlterColumn() if replaces_values(operation):
            return (replaced_values(operation),)
        case AlterEnum(removed=removed) if removed:
            values = ", ".join(removed)
            rest = "; a row that has it stops this"
            lost = f"enum {operation.after.name} loses {values}{rest}"
            return (Loss(lost, f"the enum loses a value{rest}"),)
        case DropSequence(sequence=sequence):
            lost = f"dropping sequence {sequence.name} forgets the numbers it has given"
            return (Loss(lost, "dropping the sequence forgets the numbers it has given"),)
        case _:
            return ()


def dropped_table(table: Table) -> Loss:
    lost = f"dropping table {table.name} deletes its rows"
    return Loss(lost, "dropping the table deletes its rows")


def dropped_column(table: QualifiedName, column: Column) -> Loss:
    """For a column that is not generated: what is can be computed again."""
    lost = f"dropping {table}.{column.name} deletes its values"
    return Loss(lost, "dropping the column deletes its values")


def replaces_values(operation: AlterColumn) -> bool:
    """Whether the column had values of its own and is computed now."""
    return operation.before.generated is None and operation.after.generated is not None


def replaced_values(operation: AlterColumn) -> Loss:
    name = f"{operation.table}.{operation.before.name}"
    lost = f"the values of {name} are replaced by computed ones"
    return Loss(lost, "the values of the column are replaced by computed ones")
