"""A body run by flaskmig and by Alembic, and what either leaves behind."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Connection, Engine

from flaskmig.engine import diff
from flaskmig.schema import Schema
from tests.execute.chain import Chain
from tests.live.catalogue import OWN_TABLES, sqlite_shape


def begin(engine: Engine, start: str) -> None:
    """Make the tables of a block, with their rows."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.executescript(start)


def by_flaskmig(folder: Path, engine: Engine, body: str, *, quiet: bool = True) -> Chain:
    """Run a body as the upgrade of a revision file."""
    chain = Chain(folder, engine)
    chain.add("a1", body)
    with quietly() if quiet else nullcontext():
        chain.upgrade()
    return chain


def by_alembic(engine: Engine, body: str) -> None:
    """Run a body with Alembic's own operations."""
    with engine.begin() as connection, quietly():
        context = MigrationContext.configure(connection)
        exec(body, {"op": Operations(context), "sa": sa})


def calls_for(start: str, engine: Engine) -> str:
    """The tables of a database by the calls that make them, and the rows of ``start``."""
    with engine.connect() as connection:
        made = diff(connection, Schema(), dialect=connection.dialect)
    rows = [each.strip() for each in start.split(";") if each.strip().startswith("INSERT")]
    return "\n".join([str(made.python()), *(f"op.execute({row!r})" for row in rows)])


@contextmanager
def quietly() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def left(engine: Engine) -> dict[str, object]:
    """The schema by SQLite's own catalogue, the order of columns, and every row."""
    with engine.connect() as connection:
        shape = {name: _alike(table) for name, table in sqlite_shape(connection).items()}
        return {"schema": shape, "columns": columns(connection), "rows": _rows(connection)}


def columns(connection: Connection) -> dict[str, list[str]]:
    """The names of each table's columns in their order."""
    return {
        name: [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_xinfo("{name}")')]
        for name in _tables(connection)
    }


def _tables(connection: Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    found = connection.exec_driver_sql(query).scalars()
    return sorted(set(found) - OWN_TABLES)


def _rows(connection: Connection) -> dict[str, list[Any]]:
    return {
        name: sorted(
            (tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr
        )
        for name in _tables(connection)
    }


def _alike(table: object) -> object:
    """The shape of a table; a constraint may stand in its column's definition or after them."""
    if not isinstance(table, dict):
        return table
    said = [each.split(" CONSTRAINT ", 1)[-1] for each in table["said"]]
    return {**table, "said": sorted(said)}
