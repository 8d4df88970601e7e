"""IF EXISTS and IF NOT EXISTS, in scripts for databases that nobody has looked at."""

from __future__ import annotations

import re

from flaskmig.operations import (
    AddColumn,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Operation,
)
from flaskmig.schema import Column, IndexPart, Schema, Table, Type

_NAME = r'"(?:[^"]|"")+"'
_MADE = re.compile(r"CREATE (?:[A-Z]+ )*(?:TABLE|INDEX)(?: CONCURRENTLY)? ")
_DROPPED = re.compile(r"DROP (?:TABLE|INDEX)(?: CONCURRENTLY)? ")
_ADDED = re.compile(rf"ALTER TABLE (?:{_NAME}\.)?{_NAME} ADD COLUMN ")
_TAKEN = re.compile(rf"ALTER TABLE (?:{_NAME}\.)?{_NAME} DROP (?:COLUMN|CONSTRAINT) ")


def with_condition(sql: str) -> str:
    """The statement with its IF EXISTS or IF NOT EXISTS, where it makes or drops something."""
    for pattern, words in (
        (_MADE, "IF NOT EXISTS "),
        (_ADDED, "IF NOT EXISTS "),
        (_DROPPED, "IF EXISTS "),
        (_TAKEN, "IF EXISTS "),
    ):
        found = pattern.match(sql)
        if found is not None:
            return f"{found.group()}{words}{sql[found.end() :]}"
    return sql


def supposed(operation: Operation) -> Schema:
    """A schema with just what the operation needs, so that its statement can be written."""
    match operation:
        case DropTable(table=table):
            return Schema(tables=(table,))
        case AddColumn(table=name):
            return Schema(tables=(Table(name=name),))
        case DropColumn(table=name, column=column):
            return Schema(tables=(Table(name=name, columns=(column,)),))
        case DropConstraint(table=name, constraint=constraint):
            return Schema(tables=(Table(name=name, constraints=(constraint,)),))
        case DropIndex(table=name, index=index):
            return Schema(tables=(Table(name=name, indexes=(index,)),))
        case CreateIndex(table=name, index=index):
            columns = tuple(dict.fromkeys(_columns(index.parts)))
            made = tuple(Column(name=column, type=Type(sql="")) for column in columns)
            return Schema(tables=(Table(name=name, columns=made),))
        case _:
            return Schema()


def _columns(parts: tuple[IndexPart, ...]) -> list[str]:
    return [part.column for part in parts if part.column is not None]
