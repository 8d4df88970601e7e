"""A SQLite database in memory, for a trial."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from flaskmig.dialects.sqlite.driver import driver, query
from flaskmig.dialects.sqlite.normalize import create_with_stand_ins
from flaskmig.errors import OperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.schema import Table


class InMemory:
    """See `flaskmig.dialects.base.Scratch`."""

    place = "an in-memory database"
    is_one_transaction = False
    notes: tuple[str, ...] = ()

    @contextmanager
    def open(self, tables: Sequence[Table]) -> Iterator[Connection]:
        """An empty database, with stand-ins for what the application defines in Python."""
        engine = sa.create_engine("sqlite://", poolclass=StaticPool)
        try:
            with engine.connect() as connection:
                _stand_in(connection, tables)
                yield connection
        finally:
            engine.dispose()

    def lacks(self) -> frozenset[str]:
        """Nothing: what the application defines is stood in for."""
        return frozenset()


def _stand_in(connection: Connection, tables: Sequence[Table]) -> None:
    """Define the functions and collations that the tables use; the tables themselves are undone."""
    raw = driver(connection)
    for table in tables:
        query(raw, "BEGIN")
        # A table that SQLite does not accept is found out, and told, when it is made for good.
        with suppress(OperationError):
            create_with_stand_ins(raw, table)
        if raw.in_transaction:
            query(raw, "ROLLBACK")
