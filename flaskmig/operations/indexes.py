"""Operations on indexes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from flaskmig.errors import ObjectExistsError
from flaskmig.operations.base import BaseOperation, edit_table
from flaskmig.operations.refs import Refs, index_makes, index_needs, index_ref, table_ref
from flaskmig.schema import Index, QualifiedName, Schema, Table


def _edit(schema: Schema, name: QualifiedName, edit: Callable[[Table], Table]) -> Schema:
    """The schema with the indexes of a table changed, or those of a materialized view."""
    view = schema.find_view(name)
    if view is None or schema.find_table(name) is not None:
        return edit_table(schema, name, edit)
    alike = Table(name=name, indexes=view.indexes)
    return schema.with_replaced(view, replace(view, indexes=edit(alike).indexes))


def _with_index(table: Table, index: Index) -> Table:
    if any(other.name == index.name for other in table.indexes):
        raise ObjectExistsError(f"index {index.name} of {table.name} exists already")
    if table.columns:
        # A view stands here without them.
        for column in index.columns:
            table.column(column)
    return replace(table, indexes=(*table.indexes, index))


def _without_index(table: Table, name: str) -> Table:
    found = table.index(name)
    return replace(table, indexes=tuple(index for index in table.indexes if index is not found))


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateIndex(BaseOperation):
    """Make an index; ``concurrently`` is PostgreSQL's way of doing so outside a transaction."""

    table: QualifiedName
    index: Index
    concurrently: bool = False

    @property
    def creates(self) -> Refs:
        return index_makes(self.table, self.index)

    @property
    def uses(self) -> Refs:
        return index_needs(self.table, self.index)

    @property
    def releases(self) -> Refs:
        return frozenset({table_ref(self.table)})

    def apply(self, schema: Schema) -> Schema:
        return _edit(schema, self.table, lambda table: _with_index(table, self.index))

    def reverse(self) -> DropIndex:
        return DropIndex(table=self.table, index=self.index, concurrently=self.concurrently)

    def __str__(self) -> str:
        return f"create index {self.index.name} on {self.table}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropIndex(BaseOperation):
    table: QualifiedName
    index: Index
    concurrently: bool = False

    @property
    def uses(self) -> Refs:
        return frozenset({table_ref(self.table)})

    @property
    def drops(self) -> Refs:
        return index_makes(self.table, self.index)

    @property
    def releases(self) -> Refs:
        return index_needs(self.table, self.index)

    def apply(self, schema: Schema) -> Schema:
        return _edit(schema, self.table, lambda table: _without_index(table, self.index.name))

    def reverse(self) -> CreateIndex:
        return CreateIndex(table=self.table, index=self.index, concurrently=self.concurrently)

    def __str__(self) -> str:
        return f"drop index {self.index.name} on {self.table}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameIndex(BaseOperation):
    table: QualifiedName
    before: str
    after: str

    @property
    def creates(self) -> Refs:
        return frozenset({index_ref(self.table, self.after)})

    @property
    def uses(self) -> Refs:
        return frozenset({table_ref(self.table)})

    @property
    def drops(self) -> Refs:
        return frozenset({index_ref(self.table, self.before)})

    @property
    def releases(self) -> Refs:
        return frozenset({table_ref(self.table)})

    def apply(self, schema: Schema) -> Schema:
        def edit(table: Table) -> Table:
            renamed = replace(table.index(self.before), name=self.after)
            return _with_index(_without_index(table, self.before), renamed)

        return _edit(schema, self.table, edit)

    def reverse(self) -> RenameIndex:
        return RenameIndex(table=self.table, before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"rename index {self.before} to {self.after} on {self.table}"
