"""Indexes that CREATE INDEX CONCURRENTLY left behind when it failed or was cut off."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flaskmig.dialects.base import Leftover
from flaskmig.dialects.postgresql import probe, transactions
from flaskmig.dialects.postgresql.clauses import qualified
from flaskmig.schema import QualifiedName
from flaskmig.sql import quote_literal

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


_SECONDS_BETWEEN_LOOKS = 0.2


def clear(connection: Connection, leftover: Leftover, *, concurrently: bool) -> None:
    """Drop the index if it is there and invalid, so that it can be made again.

    One that another session is building just now looks the same, but for the lock on the table
    that a build holds. ``concurrently`` needs that no transaction is open, and waits for the
    build as CREATE INDEX CONCURRENTLY would; not for the lock itself, because the build might
    wait for this session in turn. Whatever is left then is for CREATE INDEX to trip over.
    """
    if not _is_there(connection, leftover):
        return
    table = leftover.table
    while probe.is_being_maintained(connection, table.name, table.schema):
        if not concurrently:
            return
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    if _is_there(connection, leftover):
        how = "CONCURRENTLY " if concurrently else ""
        name = QualifiedName(leftover.index, table.schema)
        transactions.execute(connection, f"DROP INDEX {how}{qualified(name)}")


def query(index: str, table: QualifiedName) -> str:
    """SQL whose row, where it gives one, is the statement that drops the index: psql's \\gexec."""
    return (
        "SELECT pg_catalog.format('DROP INDEX CONCURRENTLY %I.%I', n.nspname, c.relname)\n"
        "FROM pg_catalog.pg_index i\n"
        "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid\n"
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
        f"WHERE NOT i.indisvalid AND c.relname = {quote_literal(index)}\n"
        f"AND i.indrelid = pg_catalog.to_regclass({quote_literal(qualified(table))})"
    )


def _is_there(connection: Connection, leftover: Leftover) -> bool:
    table = leftover.table
    return probe.is_half_made(connection, leftover.index, table.name, table.schema)
