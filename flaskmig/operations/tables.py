"""Operations on whole tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flaskmig.operations.base import BaseOperation, edit_table, edit_tables
from flaskmig.operations.refs import (
    Refs,
    namespace_uses,
    table_makes,
    table_needs,
    table_ref,
)
from flaskmig.schema import ForeignKey, QualifiedName, Schema, Settings, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTable(BaseOperation):
    """Make a table with its constraints and indexes."""

    table: Table

    @property
    def creates(self) -> Refs:
        return table_makes(self.table)

    @property
    def uses(self) -> Refs:
        return table_needs(self.table)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_object(self.table)

    def reverse(self) -> DropTable:
        return DropTable(table=self.table)

    def __str__(self) -> str:
        return f"create table {self.table.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropTable(BaseOperation):
    """Drop a table, its indexes and its rows."""

    table: Table

    @property
    def drops(self) -> Refs:
        return table_makes(self.table)

    @property
    def releases(self) -> Refs:
        return table_needs(self.table)

    def apply(self, schema: Schema) -> Schema:
        return schema.without_object(schema.table(self.table.name))

    def reverse(self) -> CreateTable:
        return CreateTable(table=self.table)

    def __str__(self) -> str:
        return f"drop table {self.table.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameTable(BaseOperation):
    """Give a table another name; foreign keys that point at it follow."""

    before: QualifiedName
    after: QualifiedName

    @property
    def creates(self) -> Refs:
        return frozenset({table_ref(self.after)})

    @property
    def uses(self) -> Refs:
        return namespace_uses(self.after)

    @property
    def drops(self) -> Refs:
        return frozenset({table_ref(self.before)})

    def apply(self, schema: Schema) -> Schema:
        table = schema.table(self.before)
        renamed = schema.with_replaced(table, replace(table, name=self.after))
        return edit_tables(renamed, self._repoint)

    def _repoint(self, table: Table) -> Table:
        if not any(key.target == self.before for key in table.foreign_keys):
            return table
        constraints = tuple(
            replace(constraint, target=self.after)
            if isinstance(constraint, ForeignKey) and constraint.target == self.before
            else constraint
            for constraint in table.constraints
        )
        return replace(table, constraints=constraints)

    def reverse(self) -> RenameTable:
        return RenameTable(before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"rename table {self.before} to {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterTable(BaseOperation):
    """Change a table's comment or options."""

    table: QualifiedName
    before: Settings
    after: Settings

    @property
    def uses(self) -> Refs:
        return frozenset({table_ref(self.table)})

    @property
    def releases(self) -> Refs:
        return frozenset({table_ref(self.table)})

    def apply(self, schema: Schema) -> Schema:
        return edit_table(schema, self.table, lambda table: replace(table, settings=self.after))

    def reverse(self) -> AlterTable:
        return AlterTable(table=self.table, before=self.after, after=self.before)

    def __str__(self) -> str:
        if self.before.options == self.after.options:
            return f"change the comment of table {self.table}"
        return f"change the options of table {self.table}"
