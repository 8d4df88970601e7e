"""What outlines must be, whatever they were made of: the tables that a full reading gives."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.engine import Connection

from flaskmig.dialects import dialect_of
from flaskmig.schema import QualifiedName, Schema


def outlined(
    connection: Connection, schemas: Collection[str] = (), full: Schema | None = None
) -> set[QualifiedName]:
    """The tables that have an outline; raises AssertionError for one that says something else.

    ``full`` is what the database has, read here where it is not given.
    """
    dialect = dialect_of(connection)
    full = full or dialect.introspect(connection, schemas=schemas)
    found = dialect.outlines(connection, schemas)
    for outline in found:
        assert outline.table(dialect.outlined_column) == full.table(outline.name)
    names = {outline.name for outline in found}
    assert len(names) == len(found)
    return names


def require_the_rest(connection: Connection, schemas: Collection[str] = ()) -> None:
    """Without the tables that have outlines all else is read as with them."""
    dialect = dialect_of(connection)
    full = dialect.introspect(connection, schemas=schemas)
    names = outlined(connection, schemas, full)
    others = tuple(table for table in full.tables if table.name not in names)
    assert dialect.introspect(connection, schemas=schemas, without=names) == full.with_tables(
        others
    )
