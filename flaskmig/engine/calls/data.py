"""Calls about rows, and SQL as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Executable
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import UserDefinedType

from flaskmig.engine.calls.spellings import spelled
from flaskmig.engine.migrating.migration import current


@spelled(old={"sql": "sqltext"}, then=["execution_options"])
def execute(
    sqltext: str | Executable, *, execution_options: Mapping[str, Any] | None = None
) -> None:
    """Run SQL, or a SQLAlchemy statement.

    A string is read as `sqlalchemy.text` does: ``:name`` is a parameter, ``\\:`` a colon.
    """
    clause = sa.text(sqltext) if isinstance(sqltext, str) else sqltext
    current().execute(clause, execution_options)


@spelled(then=["multiinsert"])
def bulk_insert(
    table: sa.Table | sa.TableClause,
    rows: Sequence[Mapping[str, Any]],
    *,
    multiinsert: bool = True,
) -> None:
    """Insert rows; ``multiinsert=False`` sends one statement a row.

    What columns of a `sqlalchemy.Table` have as a ``default`` counts, in ``--sql`` too. Raises
    TypeError where the rows are no list of dictionaries.
    """
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
        if migration.as_sql:
            row = {**_defaults(table), **row}
        values = {name: _value(table, name, value) for name, value in row.items()}
        migration.execute(sa.insert(table).inline().values(values))


def inline_literal(value: Any, type_: Any = None) -> Any:
    """A value that is written into the SQL itself and never sent beside it."""
    return sa.literal(value, type_, literal_execute=True)


def f(name: str | None) -> str:
    """A name that is final: no naming convention is applied to it.

    None is no name at all, whatever the convention says of those that have none.
    """
    return sa.schema.conv(name or "")


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


def _defaults(table: sa.TableClause) -> dict[str, Any]:
    """The values that SQLAlchemy would send for columns that a row leaves out.

    A script has them as they are now: it cannot ask Python for new ones.
    """
    found = {}
    for column in table.c:
        default = getattr(column, "default", None)
        if default is not None and (default.is_scalar or default.is_callable):
            found[column.key] = default.arg(None) if default.is_callable else default.arg
    return found


def _value(table: sa.TableClause, name: str, value: Any) -> Any:
    if isinstance(value, ClauseElement) or name not in table.c:
        return value
    return sa.literal(value, table.c[name].type)
