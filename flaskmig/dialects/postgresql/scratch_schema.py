"""A schema in the PostgreSQL database itself, in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from secrets import token_hex
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.postgresql import surroundings, transactions
from flaskmig.errors import UnsupportedOperationError
from flaskmig.sql import quote

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.schema import Table

# Where there is no table, nothing of the application's can be meant by a name that is looked up.
_WITHOUT_TABLES = """
    SELECT n.nspname
      FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS s (name, place)
      JOIN pg_catalog.pg_namespace n ON n.nspname = s.name
     WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                        WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))
     ORDER BY s.place
"""


class ScratchSchema:
    """See `flaskmig.dialects.base.Scratch`; ``connection`` may be in a transaction.

    No other schema with tables is on the search path, so that no statement can meet a table of
    the application's. Only the rows of the catalogues are written, and rolled back.
    """

    place = "a scratch schema that was rolled back"
    is_one_transaction = True
    notes: tuple[str, ...] = ()

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def open(self, tables: Sequence[Table]) -> Iterator[Connection]:
        """The connection with an empty schema as its default one.

        Raises UnsupportedOperationError where the role may not make it, or a table is in a
        schema by name.
        """
        connection = self._connection
        named = sorted({table.name.schema for table in tables if table.name.schema})
        if named:
            raise UnsupportedOperationError(f"tables are in schemas by name ({', '.join(named)})")
        name = f"flaskmig_proof_{token_hex(8)}"
        others = list(transactions.execute(connection, _WITHOUT_TABLES).scalars())
        with transactions.scratch(connection):
            try:
                transactions.execute(connection, f"CREATE SCHEMA {name}")
            except DBAPIError as error:
                said = " ".join(str(error.orig).split())
                raise UnsupportedOperationError(f"no schema can be made: {said}") from error
            path = ", ".join(map(quote, [name, *others]))
            transactions.execute(connection, f"SET LOCAL search_path TO {path}")
            yield connection

    def lacks(self) -> frozenset[str]:
        """The names of what is found in the application's own schemas only."""
        return surroundings.unmodelled(self._connection, [])
