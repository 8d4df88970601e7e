"""Rows for the tables of a history half way, so that its data steps have something to do."""

from __future__ import annotations

import datetime
import decimal
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import SQLAlchemyError

from tests.histories.contents import JOURNAL

# A table, a row, and whether the table took it: sequences count what was refused too.
Seed: TypeAlias = tuple[str, dict[str, Any], bool]
# What columns hold that are not left to us, by "table.column".
Values: TypeAlias = Mapping[str, object]

_LITERAL = re.compile(r"'([^']*)'")
_DAY = datetime.datetime(2024, 2, 1, 12, 30)


def sow(
    engine: sa.Engine,
    numbers: Sequence[int],
    leave: Sequence[str],
    values: Values,
    known: set[str],
) -> list[Seed]:
    """Put a row for each number into every table; returns what was put, and what was refused.

    Tables in ``leave`` get none. What a table refuses is there because of a condition that we
    do not see. ``known`` are the values that were put into keys, and are extended: a foreign key
    holds one of those or a number, since others may be random ones of the history's own.
    """
    sown: list[Seed] = []
    metadata = sa.MetaData()
    metadata.reflect(engine)
    left = {*leave, JOURNAL}
    with engine.begin() as connection:
        for table in _in_order(metadata):
            if table.name in left:
                continue
            literals = _literals(connection, table)
            for number in numbers:
                row = _row(connection, table, number, literals, values, known)
                sown.append((table.name, row, _put(connection, table, row) is None))
                known.update(repr(row.get(column.name)) for column in table.primary_key)
    return sown


def sow_again(engine: sa.Engine, seeds: Sequence[Seed]) -> Iterator[str]:
    """Put the same rows into another database; yields what is taken or refused otherwise."""
    metadata = sa.MetaData()
    metadata.reflect(engine, only=sorted({name for name, _, _ in seeds}))
    with engine.begin() as connection:
        for name, row, was_taken in seeds:
            table = metadata.tables[name]
            if was_taken:
                try:
                    connection.execute(table.insert().values(row))
                except SQLAlchemyError as error:
                    yield f"{name} refuses the row {row}: {error}"
                    return
            elif _put(connection, table, row) is None:
                yield f"{name} takes the row {row}"


def _in_order(metadata: sa.MetaData) -> list[sa.Table]:
    """Tables after those that they refer to, as far as that goes."""
    ordered: dict[str, sa.Table] = {}

    def visit(table: sa.Table, above: tuple[sa.Table, ...]) -> None:
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            if key.referred_table not in (*above, table):
                visit(key.referred_table, (*above, table))
        ordered.setdefault(table.name, table)

    for name in sorted(metadata.tables):
        visit(metadata.tables[name], ())
    return list(ordered.values())


def _literals(connection: sa.Connection, table: sa.Table) -> Mapping[str, str]:
    """For columns with a condition on their value, the first text that it names."""
    found: dict[str, str] = {}
    for check in sa.inspect(connection).get_check_constraints(table.name):
        for column in table.columns:
            texts = _LITERAL.findall(check["sqltext"])
            if texts and re.search(rf"\b{re.escape(column.name)}\b", check["sqltext"]):
                found.setdefault(column.name, texts[0])
    return found


def _row(
    connection: sa.Connection,
    table: sa.Table,
    number: int,
    literals: Mapping[str, str],
    values: Values,
    known: set[str],
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    parents = _parents(connection, table, number, known)
    for column in table.columns:
        if column.computed is not None or _is_numbered(table, column):
            continue
        if f"{table.name}.{column.name}" in values:
            row[column.name] = values[f"{table.name}.{column.name}"]
        elif column.name in parents:
            row[column.name] = parents[column.name]
        elif column.name in literals:
            row[column.name] = literals[column.name]
        else:
            row[column.name] = _value(column, number)
    return row


def _is_numbered(table: sa.Table, column: sa.Column[Any]) -> bool:
    """Whether the database numbers the rows in this column by itself."""
    is_key = column.primary_key and len(table.primary_key) == 1 and not column.foreign_keys
    return is_key and isinstance(column.type, sa.Integer)


def _parents(
    connection: sa.Connection, table: sa.Table, number: int, known: set[str]
) -> dict[str, Any]:
    """What the columns of foreign keys hold: a row that is there, or nothing."""
    found: dict[str, Any] = {}
    for key in table.foreign_key_constraints:
        remote = [element.column for element in key.elements]
        query = sa.select(*remote).order_by(*remote)
        rows = [
            tuple(row)
            for row in connection.execute(query)
            if all(isinstance(value, int) or repr(value) in known for value in row)
        ]
        row: Sequence[Any] = rows[number % len(rows)] if rows else [None] * len(remote)
        found |= dict(zip((column.name for column in key.columns), row, strict=True))
    return found


def _put(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> str | None:
    """Put a row in; returns why it was refused."""
    try:
        with connection.begin_nested():
            connection.execute(table.insert().values(dict(row)))
    except SQLAlchemyError as error:
        return str(error)
    return None


def _value(column: sa.Column[Any], number: int) -> Any:
    match column.type:
        case sa.Enum(enums=[first, *_]):
            return first
        case sa.Boolean():
            return number % 2 == 0
        case sa.Integer():
            return number
        case sa.Float():
            return number + 0.5
        case sa.Numeric():
            return decimal.Decimal(number)
        case sa.DateTime():
            moment = _DAY + datetime.timedelta(minutes=number)
            return moment.replace(tzinfo=datetime.UTC) if column.type.timezone else moment
        case sa.Date():
            return _DAY.date() + datetime.timedelta(days=number)
        case sa.Time():
            return _DAY.time()
        case sa.Interval() | postgresql.INTERVAL():
            return datetime.timedelta(minutes=number)
        case sa.JSON():
            return {"number": number}
        case sa.LargeBinary():
            return b"bytes %d" % number
        case sa.Uuid():
            return uuid.UUID(int=number)
        case sa.ARRAY():
            return []
        case _:
            return _text(column, number)


def _text(column: sa.Column[Any], number: int) -> str:
    length = getattr(column.type, "length", None)
    if isinstance(column.type, sa.CHAR) and length == 32:
        return uuid.UUID(int=number).hex
    text = f"{column.name} {number}"
    return text if length is None or len(text) <= length else str(number)[:length]
