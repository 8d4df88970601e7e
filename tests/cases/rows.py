"""Rows for the models before, such as the models after can take as well.

The values of a row depend on its number and the types alone, so that row 2 of one table is what
a foreign key of row 2 of another points at. The last row has NULL wherever that may stay.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeDecorator, TypeEngine

from flaskmig.dialects import dialect_named
from flaskmig.engine.models.declared import is_view

COUNT = 3
SQLITE, POSTGRESQL = (dialect_named(name).compiler for name in ("sqlite", "postgresql"))

_TEXTS: tuple[tuple[type[TypeEngine[Any]], Callable[[int], str]], ...] = (
    (sa.Boolean, lambda number: "true" if number % 2 else "false"),
    (sa.Integer, str),
    (sa.Numeric, str),
    (sa.Float, str),
    (sa.Interval, lambda number: f"{number} days"),
    (postgresql.INTERVAL, lambda number: f"{number} days"),
    (sa.DateTime, lambda number: f"2024-01-0{number} 00:00:00"),
    (sa.Date, lambda number: f"2024-01-0{number}"),
    (sa.Time, lambda number: f"0{number}:00:00"),
    (sa.JSON, lambda number: f'{{"number": {number}}}'),
    (sa.Uuid, lambda number: f"00000000-0000-0000-0000-{number:012}"),
    (sa.LargeBinary, lambda number: f"\\x0{number}"),
    (postgresql.INET, lambda number: f"10.0.0.{number}"),
    (postgresql.INT4RANGE, lambda number: f"[{number},{number + 1})"),
    (postgresql.TSRANGE, lambda number: f"[2024-01-0{number},2024-01-0{number + 1})"),
    (postgresql.DATERANGE, lambda number: f"[2024-01-0{number},2024-01-0{number + 1})"),
)
# What SQLite stores otherwise than the text says.
_SQLITE: dict[type[TypeEngine[Any]], Callable[[int], str]] = {
    sa.Boolean: lambda number: str(number % 2),
    sa.LargeBinary: lambda number: f"x'0{number}'",
    sa.Uuid: lambda number: f"'{number:032}'",
}


def fill(connection: Connection, before: sa.MetaData, after: sa.MetaData, filled: set[str]) -> None:
    """Put rows into every table; ``filled`` are "table.column" whose NULLs get a value."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    for table in before.tables.values():
        if is_view(table):
            continue
        columns = [column for column in table.columns if column.computed is None]
        if not columns:
            continue
        format_ = connection.dialect.identifier_preparer
        names = ", ".join(format_.quote(column.name) for column in columns)
        override = "" if is_sqlite else " OVERRIDING SYSTEM VALUE"
        values = ", ".join(
            f"({', '.join(_cell(column, after, number, filled, is_sqlite) for column in columns)})"
            for number in range(1, COUNT + 1)
        )
        if not is_sqlite:
            values = values.replace("%", "%%")
        connection.exec_driver_sql(
            f"INSERT INTO {format_.format_table(table)} ({names}){override} VALUES {values}"
        )
    if not is_sqlite:
        connection.exec_driver_sql("RESET session_replication_role")


def _cell(
    column: sa.Column[Any], after: sa.MetaData, number: int, filled: set[str], is_sqlite: bool
) -> str:
    """The cell as an SQL literal."""
    table = after.tables.get(column.table.key)
    other = table.columns.get(column.name) if table is not None else None
    if number == COUNT and _may_be_null(column, other, filled):
        return "NULL"
    dialect = SQLITE if is_sqlite else POSTGRESQL
    here = _below(column.type, dialect)
    there = _below(other.type, dialect) if other is not None else here
    return _literal(here, there, number, is_sqlite)


def _may_be_null(
    column: sa.Column[Any], other: sa.Column[Any] | None, filled: Collection[str]
) -> bool:
    if not column.nullable or column.foreign_keys or column.identity is not None:
        return False
    return other is None or bool(other.nullable) or f"{column.table.key}.{column.name}" in filled


def _below(type_: TypeEngine[Any], dialect: sa.Dialect) -> TypeEngine[Any]:
    """The type that the database has below variants and decorators."""
    found = type_._variant_mapping.get(dialect.name, type_)
    while isinstance(found, TypeDecorator):
        made = found.dialect_impl(dialect)
        found = made.impl_instance if isinstance(made, TypeDecorator) else made
    return found


def _literal(here: TypeEngine[Any], there: TypeEngine[Any], number: int, is_sqlite: bool) -> str:
    if isinstance(here, sa.ARRAY):
        other = there.item_type if isinstance(there, sa.ARRAY) else here.item_type
        return f"ARRAY[{_literal(here.item_type, other, number, is_sqlite)}]::{_array(here)}"
    if isinstance(here, sa.Enum):
        values = [value for value in here.enums if value in getattr(there, "enums", here.enums)]
        return _quoted((values or here.enums)[number % len(values or here.enums)])
    if is_sqlite:
        for kind, write in _SQLITE.items():
            if isinstance(here, kind):
                return write(number)
    if isinstance(here, sa.String) and not isinstance(there, sa.String):
        # Such a text as the type after can be made of.
        return _quoted(_text(there, number))
    if isinstance(here, sa.String) and isinstance(there, sa.Enum):
        return _quoted(there.enums[number % len(there.enums)])
    return _quoted(_text(here, number)) if not _is_number(here) else str(number)


def _array(type_: TypeEngine[Any]) -> str:
    compiled: str = POSTGRESQL.type_compiler_instance.process(type_)
    return compiled


def _text(type_: TypeEngine[Any], number: int) -> str:
    for kind, write in _TEXTS:
        if isinstance(type_, kind):
            return write(number)
    return f"v{number}"


def _is_number(type_: TypeEngine[Any]) -> bool:
    return isinstance(type_, sa.Integer | sa.Numeric | sa.Float)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def values(connection: Connection, table: str, cells: dict[str, str]) -> list[str]:
    """Each row of a table as text, in order of the texts; ``cells`` are SQL by name."""
    if not cells:
        return []
    listed = ", ".join(f"{sql} AS {_name(name)}" for name, sql in cells.items())
    rows = connection.exec_driver_sql(f"SELECT {listed} FROM {table}")
    return sorted(repr(tuple(map(_canonical, row))) for row in rows)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _canonical(value: Any) -> Any:
    """Numbers of different types that are equal look alike."""
    import decimal

    if isinstance(value, bool) or not isinstance(value, int | float | decimal.Decimal):
        return value
    return str(decimal.Decimal(str(value)).normalize() + 0)


def kept_columns(table: sa.Table) -> Iterator[str]:
    """The columns that hold what somebody put in."""
    yield from (column.name for column in table.columns if column.computed is None)
