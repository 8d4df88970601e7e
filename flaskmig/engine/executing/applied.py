"""Operations that belong to no revision, carried out on a connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from flaskmig.dialects import dialect_of
from flaskmig.dialects.base import Dialect, Statement
from flaskmig.engine.migrating.nameless import find_alike
from flaskmig.operations import DropConstraint, Operation, RenameConstraint
from flaskmig.schema import Schema

LOCK = "flaskmig.engine.apply"


def apply_operations(
    operations: Sequence[Operation], before: Schema, connection: Connection
) -> None:
    """Run the operations, which start from ``before``, on the connection.

    All in one step, but for statements that cannot be in a transaction: such a one ends the
    step before it and runs by itself. Raises UnsupportedOperationError, LockTimeoutError; a
    driver's error passes.
    """
    dialect = dialect_of(connection)
    with dialect.session(connection, key=LOCK):
        found = list(_named(operations, connection, dialect))
        for part in _parts(dialect.statements(found, before)):
            if part[0].in_transaction:
                with dialect.step(connection):
                    _run(part, connection, dialect)
            else:
                _run(part, connection, dialect)


def _run(statements: Sequence[Statement], connection: Connection, dialect: Dialect) -> None:
    for statement in statements:
        dialect.run(connection, statement)


def _parts(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    together: list[Statement] = []
    for statement in statements:
        if statement.in_transaction:
            together.append(statement)
            continue
        if together:
            yield together
        yield [statement]
        together = []
    if together:
        yield together


def _named(
    operations: Sequence[Operation], connection: Connection, dialect: Dialect
) -> Iterator[Operation]:
    """The operations, with the database's names for constraints that models left unnamed.

    PostgreSQL gives every constraint a name, and spells expressions its own way.
    """
    nameless = {
        operation.table
        for operation in operations
        if isinstance(operation, DropConstraint | RenameConstraint)
        and operation.constraint.name is None
    }
    if not nameless or dialect.name != "postgresql":
        yield from operations
        return
    schemas = {name.schema for name in nameless if name.schema}
    live = dialect.introspect(connection, schemas=sorted(schemas), only=nameless)
    for operation in operations:
        if isinstance(operation, DropConstraint | RenameConstraint):
            table, constraint = live.find_table(operation.table), operation.constraint
            if table is not None and constraint.name is None:
                found = find_alike(table, constraint, dialect, connection)
                if found is not None:
                    named = replace(constraint, name=found.name)
                    operation = replace(operation, constraint=named)
        yield operation
