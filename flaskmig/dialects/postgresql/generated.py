"""Columns that become generated or cease to be, where ALTER COLUMN cannot do it."""

from __future__ import annotations

from dataclasses import replace

from flaskmig.dialects.postgresql import dependents, hazards
from flaskmig.dialects.postgresql.ahead import Ahead
from flaskmig.dialects.postgresql.clauses import column_clause, identifier, qualified
from flaskmig.dialects.postgresql.script import Script
from flaskmig.operations import AlterColumn
from flaskmig.schema import Column, Generated


def must_be_made_anew(before: Column, after: Column) -> bool:
    """Whether the change takes a new column: DROP EXPRESSION is for stored ones only."""
    if before.generated == after.generated:
        return False
    return after.generated is not None or (before.generated is not None and is_virtual(before))


def is_virtual(column: Column) -> bool:
    return column.generated is not None and not column.generated.stored


def make_anew(script: Script, operation: AlterColumn, before: Ahead) -> Column:
    """Drop the column and add it at the end, with what named it; returns it as it then is.

    A column that becomes generated is then ``operation.after`` but for its comment. A virtual
    one that is to be plain has the same values: it is added as a stored one of the same
    expression, which no trigger sees, and then loses that.
    """
    table = before.table(operation.table)
    name = identifier(operation.before.name)
    made = operation.after
    if made.generated is None:
        made = replace(operation.before, generated=_stored(operation.before))
    hanging = dependents.of_column(table, operation.before.name)
    hanging.take_out(script)
    where = f"ALTER TABLE {qualified(operation.table)}"
    locks = hazards.exclusive(operation.table)
    script.add(
        f"{where} DROP COLUMN {name}",
        locks=locks,
        found=hazards.replaced_values(operation),
        comment="PostgreSQL cannot change how it is generated: the column is made anew",
    )
    script.add(
        f"{where} ADD COLUMN {column_clause(made)}",
        locks=locks,
        found=hazards.added_column(operation.table, made),
    )
    if operation.after.generated is None:
        script.add(f"{where} ALTER COLUMN {name} DROP EXPRESSION", locks=locks)
        made = replace(made, generated=None)
    hanging.put_back(script)
    return replace(made, comment=None)


def _stored(column: Column) -> Generated | None:
    return replace(column.generated, stored=True) if column.generated is not None else None
