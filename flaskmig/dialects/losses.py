"""What an operation loses, in one sentence: the same words in revision files and in warnings."""

from __future__ import annotations

from flaskmig.operations import (
    AlterColumn,
    AlterEnum,
    DropColumn,
    DropSequence,
    DropTable,
    Operation,
)
from flaskmig.schema import Column, QualifiedName, Table


def losses(operation: Operation) -> tuple[str, ...]:
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
            return (f"enum {operation.after.name} loses {values}; a row that has it stops this",)
        case DropSequence(sequence=sequence):
            return (f"dropping sequence {sequence.name} forgets the numbers it has given",)
        case _:
            return ()


def dropped_table(table: Table) -> str:
    return f"dropping table {table.name} deletes its rows"


def dropped_column(table: QualifiedName, column: Column) -> str:
    """For a column that is not generated: what is can be computed again."""
    return f"dropping {table}.{column.name} deletes its values"


def replaces_values(operation: AlterColumn) -> bool:
    """Whether the column had values of its own and is computed now."""
    return operation.before.generated is None and operation.after.generated is not None


def replaced_values(operation: AlterColumn) -> str:
    name = f"{operation.table}.{operation.before.name}"
    return f"the values of {name} are replaced by computed ones"
