"""Indexes made, dropped and rebuilt outside of a transaction: how far the server came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.base import Leftover, Outcome
from flaskmig.dialects.postgresql import leftovers, probe, transactions
from flaskmig.dialects.postgresql.clauses import identifier, qualified
from flaskmig.schema import QualifiedName

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class IndexMade:
    """CREATE INDEX CONCURRENTLY; ``rest`` is the text from the table's name on."""

    shows: ClassVar[bool] = True
    index: str
    table: QualifiedName
    unique: bool
    rest: str

    def __str__(self) -> str:
        return f"index {self.index} of {self.table}"

    def outcome(self, connection: Connection) -> Outcome:
        """Half made is what is left of a build that failed or was cut off: an invalid index."""
        binds = {"index": self.index, "table": qualified(self.table)}
        found = connection.execute(_INDEX, binds).one_or_none()
        if found is None:
            return Outcome.ABSENT
        if not found.is_its:
            return Outcome.DIFFERENT
        if not found.is_whole:
            return Outcome.HALF_MADE
        is_alike = found.is_unique == self.unique and self._reads(connection, found.definition)
        return Outcome.AS_WANTED if is_alike else Outcome.DIFFERENT

    def clear(self, connection: Connection) -> None:
        """Drop what is left; waits for another session that is just building it."""
        schema = connection.execute(_SCHEMA, {"table": qualified(self.table)}).scalar()
        leftover = Leftover(index=self.index, table=QualifiedName(self.table.name, schema))
        leftovers.clear(connection, leftover, concurrently=True)

    def _reads(self, connection: Connection, definition: str) -> bool:
        """Whether the server would describe the index so: it is made on an empty copy to see."""
        name, copy = identifier(self.index), f"pg_temp.{identifier(self.table.name)}"
        unique = "UNIQUE " if self.unique else ""
        try:
            with transactions.scratch(connection):
                transactions.execute(
                    connection, f"CREATE TEMPORARY TABLE {copy} (LIKE {qualified(self.table)})"
                )
                transactions.execute(
                    connection, f"CREATE {unique}INDEX {name} ON {copy}{self.rest}"
                )
                binds = {"index": self.index, "table": copy}
                wanted = connection.execute(_INDEX, binds).one()
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
            # No right to make temporary tables: its name, table and uniqueness must do.
            return True
        return bool(wanted.definition == definition)


@dataclass(frozen=True, slots=True)
class IndexGone:
    """DROP INDEX CONCURRENTLY."""

    shows: ClassVar[bool] = True
    index: QualifiedName

    def __str__(self) -> str:
        return f"index {self.index}"

    def outcome(self, connection: Connection) -> Outcome:
        """Half made is an index that was made invalid and not dropped yet."""
        found = connection.execute(_ANY_INDEX, {"index": qualified(self.index)}).one_or_none()
        if found is None:
            return Outcome.AS_WANTED
        if found.is_whole is None:
            return Outcome.DIFFERENT
        return Outcome.ABSENT if found.is_whole else Outcome.HALF_MADE

    def clear(self, connection: Connection) -> None:
        """Nothing: to drop it again does it."""


@dataclass(frozen=True, slots=True)
class Reindexed:
    """REINDEX; ``table`` is the only one that it is about, where it is about one."""

    shows: ClassVar[bool] = False
    table: QualifiedName | None

    def __str__(self) -> str:
        return "rebuilt indexes"

    def outcome(self, connection: Connection) -> Outcome:
        """Half made where copies are left that have not taken the place of their indexes."""
        return Outcome.HALF_MADE if self._left(connection) else Outcome.ABSENT

    def clear(self, connection: Connection) -> None:
        """Drop them (PostgreSQL documentation: REINDEX, "Rebuilding Indexes Concurrently")."""
        for name in self._left(connection):
            transactions.execute(connection, f"DROP INDEX CONCURRENTLY {qualified(name)}")

    def _left(self, connection: Connection) -> list[QualifiedName]:
        table = qualified(self.table) if self.table else None
        found = connection.execute(_COPIES, {"table": table})
        return [
            QualifiedName(row.name, row.schema) for row in found if not _is_busy(row, connection)
        ]


def _is_busy(row: Any, connection: Connection) -> bool:
    return probe.is_being_maintained(connection, row.table, row.schema)


# The text of an index from its method on: before that stands the schema, and an empty copy of the
# table has another one, which newer servers call pg_temp and older ones by its number.
_DEFINITION = """
    pg_catalog.substr(
        pg_catalog.pg_get_indexdef(i.indexrelid),
        pg_catalog.strpos(
            pg_catalog.pg_get_indexdef(i.indexrelid),
            '.' || pg_catalog.quote_ident(t.relname) || ' USING '))
"""
_INDEX = text(
    f"""
    SELECT COALESCE(i.indrelid = t.oid, false) AS is_its, i.indisvalid AND i.indisready AS is_whole,
           i.indisunique AS is_unique, {_DEFINITION} AS definition
      FROM pg_catalog.pg_class t
      JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = :index
      LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
     WHERE t.oid = pg_catalog.to_regclass(:table)
    """
)
_ANY_INDEX = text(
    """
    SELECT i.indisvalid AND i.indisready AS is_whole
      FROM pg_catalog.pg_class c
      LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
     WHERE c.oid = pg_catalog.to_regclass(:index)
    """
)
_SCHEMA = text(
    """
    SELECT n.nspname FROM pg_catalog.pg_class t
      JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
     WHERE t.oid = pg_catalog.to_regclass(:table)
    """
)
_COPIES = text(
    r"""
    SELECT c.relname AS name, n.nspname AS schema, t.relname AS table
      FROM pg_catalog.pg_index i
      JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
      JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)\d*$'
       AND n.nspname !~ '^pg_temp_'
       AND (CAST(:table AS text) IS NULL OR t.oid = pg_catalog.to_regclass(:table))
    """
)
