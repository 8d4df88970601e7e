"""Calls about rows, and SQL as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Executable
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import UserDefinedType

from flaskmig.engine.migrating.migration import current


def execute(
    sqltext: str | Executable, *, execution_options: Mapping[str, Any] | None = None
) -> None:
    """Run SQL, or a SQLAlchemy statement.

    A string is read as `sqlalchemy.text` does: ``:name`` is a parameter, ``\\:`` a colon.
    """
    clause = sa.text(sqltext) if isinstance(sqltext, str) else sqltext
    current().execute(clause, execution_options)


def bulk_insert(
    table: sa.Table | sa.TableClause,
    rows: Sequence[Mapping[str, Any]],
    *,
    multiinsert: bool = True,
) -> None:
    """Insert rows; ``multiinsert=False`` sends one statement a row. Raises TypeError."""
    if isinstance(rows, Mapping) or not isinstance(rows, Sequence):
        raise TypeError("the rows are a list of dictionaries")
    if not all(isinstance(row, Mapping) for row in rows):
        raise TypeError("each row is a dictionary of column names and values")
    migration = current()
    together = multiinsert and not migration.as_sql and not _has_expression(rows)
    if together:
        if rows:
            migration.insert(sa.insert(table).inline(), rows)
        return
    for row in rows:
        values = {name: _value(table, name, value) for name, value in row.items()}
        migration.execute(sa.insert(table).inline().values(values))


def inline_literal(value: Any, type_: Any = None) -> Any:
    """A value that is written into the SQL itself and never sent beside it."""
    return sa.literal(value, type_, literal_execute=True)


def f(name: str) -> str:
    """A name that is final: no naming convention is applied to it."""
    return sa.schema.conv(name)


class SQLType(UserDefinedType[Any]):
    """A column type by its SQL, for what only the database knows."""

    cache_ok = True

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def get_col_spec(self, **_: Any) -> str:
        return self.sql


def sql_type(sql: str) -> SQLType:
    """The column type that the database calls ``sql``."""
    return SQLType(sql)


def _has_expression(rows: Sequence[Mapping[str, Any]]) -> bool:
    return any(isinstance(value, ClauseElement) for row in rows for value in row.values())


def _value(table: sa.TableClause, name: str, value: Any) -> Any:
    if isinstance(value, ClauseElement) or name not in table.c:
        return value
    return sa.literal(value, table.c[name].type)
