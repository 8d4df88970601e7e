"""What stands at the head of a downgrade() that cannot bring everything back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flaskmig.engine.rendering.python_source import call, lay_out, literal
from flaskmig.engine.rendering.render import WIDTH
from flaskmig.engine.rendering.source_writer import given
from flaskmig.operations import AddColumn, AddConstraint, CreateTable, Operation, RenameTable
from flaskmig.operations.columns import is_row_number
from flaskmig.schema import PrimaryKey, QualifiedName


def irreversible_calls(operations: Sequence[Operation]) -> Iterator[str]:
    """Calls that stop where a table has rows that a column coming back has no value for.

    They stand before everything else, so that nothing is changed by then; tables have the names
    that they have there.
    """
    names: dict[QualifiedName, QualifiedName] = {}
    made = set[QualifiedName]()
    keys = {
        operation.table: operation.constraint
        for operation in operations
        if isinstance(operation, AddConstraint) and isinstance(operation.constraint, PrimaryKey)
    }
    for operation in operations:
        match operation:
            case RenameTable(before=before, after=after):
                names[after] = names.get(before, before)
            case CreateTable(table=table):
                made.add(table.name)
            case AddColumn() if operation.needs_value and operation.table not in made:
                if is_row_number(operation.column, keys.get(operation.table)):
                    continue
                table_name = names.get(operation.table, operation.table)
                column = f"{operation.table}.{operation.column.name}"
                why = f"{column} is NOT NULL, and nothing says what the rows get that are there"
                keywords = {"table": literal(table_name.name)}
                keywords |= given({"schema": table_name.schema})
                code = call("op.irreversible", [literal(why)], keywords)
                yield from lay_out(code, width=WIDTH)
