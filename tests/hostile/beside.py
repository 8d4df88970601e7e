"""What a database has and no model declares, made by hand with hostile names and texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.engine import Engine

from tests.hostile.units import Unit, literal, quoted


def add_beside(engine: Engine, units: Sequence[Unit]) -> None:
    """Add them to the tables of the units, statement by statement, below SQLAlchemy."""
    raw: Any = engine.raw_connection()
    try:
        cursor = raw.cursor()
        for unit in units:
            for statement in _statements(unit, engine.dialect.name):
                cursor.execute(statement)
        raw.commit()
    finally:
        raw.close()


def _statements(unit: Unit, database: str) -> Iterator[str]:
    table, text = quoted(unit.table), literal(unit.payload)
    if database == "sqlite":
        column = quoted(unit.name("a"))
        check = f"CHECK ({column} <> {text} || 'q')"
        yield f"ALTER TABLE {table} ADD COLUMN {column} TEXT DEFAULT {text} {check}"
        parts = f"{column} COLLATE NOCASE, {column} || {text}"
        yield f"CREATE INDEX {quoted(unit.name('b'))} ON {table} ({parts})"
        return
    domain, column = quoted(unit.name("d")), quoted(unit.name("a"))
    yield f"CREATE DOMAIN {domain} AS text DEFAULT {text} CHECK (VALUE <> {text} || 'q')"
    yield f"ALTER TABLE {table} ADD COLUMN {column} {domain}"
    yield f"COMMENT ON COLUMN {table}.{column} IS {text}"
    yield (
        f"ALTER TABLE {table} ADD CONSTRAINT {quoted(unit.name('h'))} "
        f"CHECK ({column}::text <> {text} || 'z')"
    )
    yield f"CREATE INDEX {quoted(unit.name('b'))} ON {table} (({column}::text || {text}))"
