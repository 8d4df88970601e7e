"""A statement that is run once a revision: its text is made once, and goes to the driver as it is.

To build and to look up an expression of SQLAlchemy's takes ten times as long as to send it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from sqlalchemy import ClauseElement
    from sqlalchemy.engine import Connection, CursorResult


class Prepared:
    """A statement with named parameters, as the driver of one connection takes it."""

    def __init__(self, clause: ClauseElement, connection: Connection) -> None:
        compiled: Any = clause.compile(dialect=connection.dialect)
        self._sql: str = compiled.string
        # A value in the statement itself is a parameter, too, with a name of SQLAlchemy's.
        self._fixed: dict[str, object] = {
            name: value for name, value in compiled.params.items() if value is not None
        }
        self._order: list[str] | None = compiled.positiontup if compiled.positional else None

    def run(self, connection: Connection, **values: object) -> CursorResult[Any]:
        """Run it with a value for each of its parameters."""
        given = {**self._fixed, **values}
        if self._order is None:
            return connection.exec_driver_sql(self._sql, given)
        return connection.exec_driver_sql(self._sql, tuple(given[name] for name in self._order))

    def as_text(self, texts: Mapping[str, str]) -> str:
        """The statement with SQL in the place of its parameters; "" where they have no names."""
        return "" if self._order is not None else self._sql % texts

    def write(self, connection: Connection, **values: object) -> int:
        """Run what returns nothing with a value for each parameter; how many rows it was.

        On SQLite the driver does, where SQLAlchemy would take longer than the statement; its
        errors are made SQLAlchemy's, which name the statement. The errors of other drivers tell
        us by SQLAlchemy's own whether the connection is lost.
        """
        if connection.dialect.name != "sqlite" or self._order is None:
            return self.run(connection, **values).rowcount
        given = {**self._fixed, **values}
        parameters = tuple(given[name] for name in self._order)
        driver_error = connection.dialect.loaded_dbapi.Error
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._sql, parameters)
            return cursor.rowcount
        except driver_error as error:
            raise DBAPIError.instance(
                self._sql, parameters, error, driver_error, dialect=connection.dialect
            ) from error
        finally:
            cursor.close()


def literal(value: object) -> str:
    """A value as PostgreSQL reads it, whatever standard_conforming_strings is."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    quoted = "'" + str(value).replace("'", "''") + "'"
    return "E" + quoted.replace("\\", "\\\\") if "\\" in quoted else quoted
