"""What the tests of the PostgreSQL dialect share."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from flaskmig.dialects.postgresql import PostgreSQL
from flaskmig.operations import Operation
from flaskmig.schema import Column, QualifiedName, Schema, Table, Type

DIALECT = PostgreSQL()


def column(name: str, sql: str = "integer", **attributes: object) -> Column:
    """A column of that type, nullable unless it says otherwise."""
    return Column(name=name, type=Type(sql=sql), **attributes)  # type: ignore[arg-type]


def table(name: str, *columns: Column, **attributes: object) -> Table:
    """A table of the default schema."""
    return Table(name=QualifiedName(name), columns=columns, **attributes)  # type: ignore[arg-type]


def apply(
    engine: sa.Engine,
    operations: Sequence[Operation],
    *,
    before: Schema | None = None,
    schemas: Collection[str] = (),
) -> Schema:
    """Run the operations as the executor does; the schema that the database then has."""
    with engine.connect() as connection:
        known = before or DIALECT.introspect(connection, schemas=schemas)
        with DIALECT.session(connection, key="tests"):
            for statement in DIALECT.statements(operations, known):
                if statement.in_transaction:
                    with DIALECT.step(connection):
                        DIALECT.run(connection, statement)
                else:
                    DIALECT.run(connection, statement)
        return DIALECT.introspect(connection, schemas=schemas)


def execute(engine: sa.Engine, *statements: str) -> None:
    """Run statements as they stand, each committed."""
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
        connection.commit()


def rows(engine: sa.Engine, query: str) -> list[tuple[object, ...]]:
    """The rows of a query that stands as it is."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True})
        return [tuple(row) for row in found]
