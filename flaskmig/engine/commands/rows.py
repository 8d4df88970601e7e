"""What the rows of a database say to operations: read as little as possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from flaskmig.dialects.base import Hazard
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    Operation,
    RenameColumn,
    RenameTable,
)
from flaskmig.schema import Index, PrimaryKey, QualifiedName, Unique

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

# Duplicates are looked for in so many rows and no more: a big table is not read for a warning.
LOOKED_AT = 100_000

_NOT_ALLOWED = "42501"
_HIDES_ROWS = sa.text(
    "SELECT pg_catalog.row_security_active(c.oid) FROM pg_catalog.pg_class c "
    "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = :name "
    "AND n.nspname = COALESCE(CAST(:schema AS pg_catalog.name), pg_catalog.current_schema())"
)


class Rows:
    """The rows of the tables that operations are about, under the names they have now."""

    def __init__(self, connection: Connection, operations: Sequence[Operation]) -> None:
        self._connection = connection
        self._operations = operations
        self._tables: dict[QualifiedName, QualifiedName] = {}
        self._columns: dict[tuple[QualifiedName, str], str] = {}
        for operation in operations:
            if isinstance(operation, RenameTable):
                self._tables[operation.after] = self._table(operation.before)
            elif isinstance(operation, RenameColumn):
                key = (self._table(operation.table), operation.after)
                self._columns[key] = operation.before

    def may_be_in(self, table: QualifiedName) -> bool:
        """Whether the table has rows, or may have some that cannot be seen."""
        name = self._table(table)
        rows = sa.select(sa.literal(1)).select_from(sa.table(name.name, schema=name.schema))
        return self._finds(name, rows)

    def may_lack(self, operation: AlterColumn) -> bool:
        """Whether rows have no value in the column, or some that cannot be seen may have none."""
        name = self._table(operation.table)
        column: sa.ColumnClause[Any] = sa.column(self._column(name, operation.before.name))
        owner = sa.table(name.name, column, schema=name.schema)
        return self._finds(
            name, sa.select(sa.literal(1)).select_from(owner).where(column.is_(None))
        )

    def duplicates(self) -> Iterator[Hazard]:
        """Keys that rows stand against, because they have the same values."""
        for table, keys in self._keys():
            if self._has_twice(table, keys):
                yield Hazard(
                    code="duplicates",
                    message=f"rows of {table} have the same {', '.join(keys)}, so the upgrade "
                    "stops",
                    instead="make them differ, or delete what is there twice, before it",
                )

    def _keys(self) -> Iterator[tuple[QualifiedName, tuple[str, ...]]]:
        """The new keys over columns that are there already."""
        made = {each.table.name for each in self._operations if isinstance(each, CreateTable)}
        added = {
            (each.table, each.column.name)
            for each in self._operations
            if isinstance(each, AddColumn)
        }
        for operation in self._operations:
            match operation:
                case AddConstraint(table=table, constraint=PrimaryKey() | Unique() as key):
                    columns = key.columns
                case CreateIndex(table=table, index=index) if _is_key(index):
                    columns = tuple(part.column for part in index.parts if part.column)
                case _:
                    continue
            if table not in made and not any((table, name) in added for name in columns):
                yield table, columns

    def _has_twice(self, table: QualifiedName, keys: Sequence[str]) -> bool:
        name = self._table(table)
        columns: list[sa.ColumnClause[Any]] = [sa.column(self._column(name, key)) for key in keys]
        seen = sa.select(*columns).select_from(sa.table(name.name, *columns, schema=name.schema))
        seen = seen.where(*(column.is_not(None) for column in columns))
        rows = seen.limit(LOOKED_AT).subquery("seen")
        twice = sa.select(sa.literal(1)).select_from(rows).group_by(*rows.columns)
        return self._finds(name, twice.having(sa.func.count() > 1), unseen=False)

    def _table(self, name: QualifiedName) -> QualifiedName:
        return self._tables.get(name, name)

    def _column(self, table: QualifiedName, name: str) -> str:
        return self._columns.get((table, name), name)

    def _finds(self, table: QualifiedName, query: sa.Select[Any], *, unseen: bool = True) -> bool:
        """Whether the query returns a row; ``unseen`` where the role may not see them all."""
        if self._connection.dialect.name != "postgresql":
            return self._connection.execute(query.limit(1)).first() is not None
        try:
            # An error would fail the transaction that the connection is read in.
            with self._connection.begin_nested():
                where = {"name": table.name, "schema": table.schema}
                if self._connection.execute(_HIDES_ROWS, where).scalar():
                    return unseen
                return self._connection.execute(query.limit(1)).first() is not None
        except ProgrammingError as error:
            if _NOT_ALLOWED not in (
                getattr(error.orig, "sqlstate", None),
                getattr(error.orig, "pgcode", None),
            ):
                raise
            return unseen


def _is_key(index: Index) -> bool:
    return index.unique and index.where is None and all(part.column for part in index.parts)
