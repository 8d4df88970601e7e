"""Looking whether a step that cannot be in a transaction took effect."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import text
from sqlalchemy.engine import Connection

_INDEX = text(
    """
    SELECT i.indisvalid AND i.indisready
      FROM pg_catalog.pg_index i
      JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relname = :name
       AND n.nspname = COALESCE(CAST(:schema AS pg_catalog.name), pg_catalog.current_schema())
    """
)
_HALF_MADE = text(
    """
    SELECT 1
      FROM pg_catalog.pg_index i
      JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
      JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT i.indisvalid AND c.relname = :name AND t.relname = :table
       AND n.nspname = COALESCE(CAST(:schema AS pg_catalog.name), pg_catalog.current_schema())
    """
)
_MAINTAINED = text(
    """
    SELECT 1
      FROM pg_catalog.pg_locks l
      JOIN pg_catalog.pg_class t ON t.oid = l.relation AND t.relname = :table
      JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = current_database()
     WHERE l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted
       AND l.pid <> pg_catalog.pg_backend_pid()
       AND n.nspname = COALESCE(CAST(:schema AS pg_catalog.name), pg_catalog.current_schema())
    """
)
_INDEX_DEFINITION = text(
    """
    SELECT pg_catalog.pg_get_indexdef(c.oid)
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relname = :name AND c.relkind IN ('i', 'I')
       AND n.nspname = COALESCE(CAST(:schema AS pg_catalog.name), pg_catalog.current_schema())
    """
)
_ENUM_VALUE = text(
    """
    SELECT 1
      FROM pg_catalog.pg_enum e
      JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid
      JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typname = :name AND e.enumlabel = :value
       AND n.nspname = COALESCE(CAST(:schema AS pg_catalog.name), pg_catalog.current_schema())
    """
)

IndexState = Literal["absent", "invalid", "valid"]


def index_state(connection: Connection, name: str, schema: str | None = None) -> IndexState:
    """How far an index is.

    "invalid" is what CREATE INDEX CONCURRENTLY and DROP INDEX CONCURRENTLY leave when they are
    cut off: it must be dropped before it is made again. ``schema=None`` is the default schema.
    """
    found = connection.execute(_INDEX, {"name": name, "schema": schema}).scalar_one_or_none()
    if found is None:
        return "absent"
    return "valid" if found else "invalid"


def is_half_made(connection: Connection, name: str, table: str, schema: str | None = None) -> bool:
    """Whether the table has an invalid index of that name: half made, or just being made.

    The invalid index of a partitioned table is another thing and not meant.
    """
    binds = {"name": name, "table": table, "schema": schema}
    return connection.execute(_HALF_MADE, binds).first() is not None


def is_being_maintained(connection: Connection, table: str, schema: str | None = None) -> bool:
    """Whether another session has the lock on the table that a concurrent build of an index has."""
    binds = {"table": table, "schema": schema}
    return connection.execute(_MAINTAINED, binds).first() is not None


def index_definition(connection: Connection, name: str, schema: str | None = None) -> str | None:
    """The CREATE INDEX text that the server has for an index, None where it is not there."""
    binds = {"name": name, "schema": schema}
    definition: str | None = connection.execute(_INDEX_DEFINITION, binds).scalar_one_or_none()
    return definition


def has_enum_value(
    connection: Connection, name: str, value: str, schema: str | None = None
) -> bool:
    """Whether an enum type has a value; False too where the type is not there."""
    binds = {"name": name, "value": value, "schema": schema}
    return connection.execute(_ENUM_VALUE, binds).first() is not None
