"""What is there, read from the database itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from flaskmig.engine.migrating.carried import has_index, required, table_of
from flaskmig.operations import Operation, RenameColumn, RenameTable
from flaskmig.schema import Enum, QualifiedName, Schema, Table, Trigger, View
from flaskmig.schema import Sequence as SequenceObject

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Before, Dialect


class LiveSchema:
    """The database itself, introspected table by table and only where something asks."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        self.connection = connection
        self.dialect = dialect
        self._tables: dict[QualifiedName, Table | None] = {}

    def find_table(self, name: QualifiedName) -> Table | None:
        if name not in self._tables:
            self._tables[name] = self._read(name.schema, [name]).find_table(name)
        return self._tables[name]

    def find_enum(self, name: QualifiedName) -> Enum | None:
        return self._read(name.schema, ()).find_enum(name)

    def find_sequence(self, name: QualifiedName) -> SequenceObject | None:
        return self._read(name.schema, ()).find_sequence(name)

    def table(self, name: QualifiedName) -> Table:
        """The table of that name; raises ObjectNotFoundError."""
        return required(name, self.find_table(name))

    def tables_using(self, enum: QualifiedName) -> Sequence[Table]:
        """The tables with a column of that enum type, in any schema."""
        names = sa.inspect(self.connection).get_schema_names()
        default = self.dialect.default_schema(self.connection)
        others = [name for name in names if name not in (default, "information_schema")]
        return self.dialect.introspect(self.connection, schemas=others).tables_using(enum)

    def find_view(self, name: QualifiedName) -> View | None:
        return self._read(name.schema, [name]).find_view(name)

    def views_reading(self, relation: QualifiedName) -> Sequence[View]:
        """The views that read the table or view, not those that read them in turn."""
        return self._read(relation.schema, None).views_reading(relation)

    def triggers_of(self, table: QualifiedName) -> Sequence[Trigger]:
        """The triggers of the table or view."""
        return self._read(table.schema, [table]).triggers_of(table)

    def supposing(self, operations: Sequence[Operation]) -> Before:
        return self

    def known_table(self, name: QualifiedName) -> Table | None:
        return self._tables.get(name)

    def table_of_index(self, index: str, schema: str | None) -> Table | None:
        tables = self._read(schema, None).tables
        return next((table for table in tables if has_index(table, index, schema)), None)

    def has_schema(self, name: str) -> bool:
        return sa.inspect(self.connection).has_schema(name)

    def apply(self, operations: Sequence[Operation]) -> None:
        """Forget what the operations touched: the catalogue says best what became of it."""
        for operation in operations:
            table = table_of(operation)
            if table is None or isinstance(operation, RenameTable | RenameColumn):
                # Foreign keys of other tables follow a rename, columns follow their enum.
                self.forget()
            else:
                self._tables.pop(table, None)

    def assume(self, table: Table) -> None:
        """Nothing: the database knows."""

    def forget(self, names: Iterable[str] | None = None) -> None:
        self._tables.clear()

    def _read(self, schema: str | None, only: Sequence[QualifiedName] | None) -> Schema:
        schemas = (schema,) if schema else ()
        return self.dialect.introspect(self.connection, schemas=schemas, only=only)
