"""Operations such that Alembic has a way to say each: with names, and one step at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flaskmig.engine.migrating.carried_schema import CarriedSchema
from flaskmig.operations import AddColumn, AddConstraint, AlterColumn, Operation, RunSQL
from flaskmig.operations.default_names import default_name
from flaskmig.schema import Check, ForeignKey, constraint_columns
from flaskmig.sql import names

if TYPE_CHECKING:
    from flaskmig.dialects.base import Dialect
    from flaskmig.schema import Column, QualifiedName, Schema


def named(
    operations: Sequence[Operation], before: Schema, dialect: Dialect
) -> tuple[Operation, ...]:
    """The operations with names for constraints that they add without one.

    Alembic drops no constraint but by its name, and adds none without one to a table of SQLite.
    They are those that PostgreSQL would give.
    """
    there = CarriedSchema(before, dialect)
    found: list[Operation] = []
    for operation in operations:
        if isinstance(operation, AddConstraint) and operation.constraint.name is None:
            name = _free_name(operation, there.schema)
            operation = replace(operation, constraint=replace(operation.constraint, name=name))
        found.append(operation)
        there.apply([operation])
    return tuple(found)


def stepwise(operation: Operation) -> Iterator[Operation]:
    """The operation in steps that Alembic has, where rows are to get a value on the way."""
    match operation:
        case AddColumn(column=column) if operation.backfill is not None:
            loose = replace(column, nullable=True)
            yield AddColumn(table=operation.table, column=loose)
            yield _filled(operation.table, column, operation.backfill, "")
            if not column.nullable:
                yield AlterColumn(table=operation.table, before=loose, after=column)
        case AlterColumn() if operation.backfill is None or not operation.becomes_required:
            yield replace(operation, backfill=None)
        case AlterColumn(after=column):
            # The value is one of the new type.
            loose = replace(column, nullable=operation.before.nullable)
            first = replace(operation, after=loose, backfill=None)
            if first.changed:
                yield first
            rest = f" WHERE {_quoted(column.name)} IS NULL"
            yield _filled(operation.table, column, operation.backfill or "NULL", rest)
            if loose != column:
                yield AlterColumn(table=operation.table, before=loose, after=column)
        case _:
            yield operation


def _filled(table: QualifiedName, column: Column, value: str, rest: str) -> RunSQL:
    name = ".".join(_quoted(part) for part in (table.schema, table.name) if part)
    return RunSQL(sql=f"UPDATE {name} SET {_quoted(column.name)} = ({value}){rest}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _free_name(operation: AddConstraint, schema: Schema) -> str:
    """As PostgreSQL names the constraint: keys share their names with tables and indexes."""
    constraint, name = operation.constraint, operation.table
    table = schema.table(name)
    taken = {str(each.name) for each in table.constraints}
    if not isinstance(constraint, Check | ForeignKey):
        beside = [each for each in schema.tables if each.name.schema == name.schema]
        taken |= {each.name.name for each in beside}
        taken |= {index.name for each in beside for index in each.indexes}
        taken |= {str(each.name) for table in beside for each in table.constraints}
    columns = constraint_columns(constraint)
    if isinstance(constraint, Check):
        words = names(constraint.expression, "postgresql")
        used = [column.name for column in table.columns if column.name.lower() in words]
        columns = tuple(used) if len(used) == 1 else ()
    return default_name(constraint, name.name, columns, taken)
