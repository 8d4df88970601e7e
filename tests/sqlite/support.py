"""A real SQLite file with the application's settings, and raw looks at it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from flaskmig.dialects.base import Statement
from flaskmig.dialects.sqlite import SQLite
from flaskmig.operations import Operation
from flaskmig.schema import QualifiedName, Schema, Table

dialect = SQLite()


def raw(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def rows(connection: Connection, query: str) -> list[Any]:
    return raw(connection).execute(query).fetchall()


def stored(connection: Connection) -> dict[str, str]:
    return dict(rows(connection, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


def table(connection: Connection, name: str) -> Table:
    return dialect.introspect(connection).table(QualifiedName(name))


def apply(connection: Connection, *operations: Operation) -> list[Statement]:
    """Carry out the operations as one step; the statements that did it."""
    with dialect.session(connection, key="test", lock_wait=1):
        made = dialect.statements(operations, dialect.introspect(connection))
        with dialect.step(connection):
            run(connection, made)
    return made


def run(connection: Connection, statements: Sequence[Statement]) -> None:
    for statement in statements:
        dialect.run(connection, statement)


def is_rebuild(statements: Sequence[Statement]) -> bool:
    return any("_flaskmig_new_" in statement.sql for statement in statements)


def expected(before: Schema, *operations: Operation) -> Schema:
    for operation in operations:
        before = operation.apply(before)
    return before


def engine_of(path: object) -> sa.Engine:
    """An engine whose application turns foreign keys on, as many do."""
    engine = sa.create_engine(f"sqlite:///{path}")

    @sa.event.listens_for(engine, "connect")
    def connect(driver: sqlite3.Connection, _: object) -> None:
        driver.execute("PRAGMA foreign_keys = ON")

    return engine
