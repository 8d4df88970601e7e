"""Operations on indexes, as objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls.custom.migrate_operation import MigrateOperation, table_with


class CreateIndexOp(MigrateOperation):
    """Make an index."""

    def __init__(
        self,
        index_name: str | None,
        table_name: str,
        columns: Sequence[Any],
        *,
        schema: str | None = None,
        unique: bool = False,
        if_not_exists: bool | None = None,
        **kw: Any,
    ) -> None:
        self.index_name = index_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.unique = unique
        self.if_not_exists = if_not_exists
        self.kw = kw

    @classmethod
    def from_index(cls, index: sa.Index) -> CreateIndexOp:
        """The operation that makes an index of a table; raises ValueError without a table."""
        table = _table_of(index)
        parts = [part.name if isinstance(part, sa.Column) else part for part in index.expressions]
        options = dict(index.kwargs)
        return cls(
            index.name, table.name, parts, schema=table.schema, unique=index.unique, **options
        )

    @classmethod
    def create_index(
        cls,
        operations: Any,
        index_name: str | None,
        table_name: str,
        columns: Sequence[Any],
        **options: Any,
    ) -> None:
        operations.invoke(cls(index_name, table_name, columns, **options))

    @classmethod
    def batch_create_index(
        cls, operations: Any, index_name: str, columns: Sequence[Any], **options: Any
    ) -> None:
        impl = operations.impl
        made = cls(index_name, impl.table_name, columns, schema=impl.schema, **options)
        operations.invoke(made)

    def to_index(self, migration_context: Any = None) -> sa.Index:
        names = [column for column in self.columns if isinstance(column, str)]
        table = table_with(self.table_name, self.schema, names)
        parts = [table.c[part] if isinstance(part, str) else part for part in self.columns]
        return sa.Index(self.index_name, *parts, unique=self.unique, **self.kw)

    def reverse(self) -> DropIndexOp:
        return DropIndexOp(
            self.index_name or "", self.table_name, schema=self.schema, _reverse=self, **self.kw
        )

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("add_index", self.to_index())


class DropIndexOp(MigrateOperation):
    """Drop an index."""

    def __init__(
        self,
        index_name: str,
        table_name: str | None = None,
        *,
        schema: str | None = None,
        if_exists: bool | None = None,
        _reverse: CreateIndexOp | None = None,
        **kw: Any,
    ) -> None:
        self.index_name = index_name
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self.kw = kw
        self._reverse = _reverse

    @classmethod
    def from_index(cls, index: sa.Index) -> DropIndexOp:
        """The operation that drops an index of a table; raises ValueError without a table."""
        return CreateIndexOp.from_index(index).reverse()

    @classmethod
    def drop_index(
        cls, operations: Any, index_name: str, table_name: str | None = None, **options: Any
    ) -> None:
        operations.invoke(cls(index_name, table_name, **options))

    @classmethod
    def batch_drop_index(cls, operations: Any, index_name: str, **options: Any) -> None:
        impl = operations.impl
        operations.invoke(cls(index_name, impl.table_name, schema=impl.schema, **options))

    def to_index(self, migration_context: Any = None) -> sa.Index:
        if self._reverse is not None:
            return self._reverse.to_index()
        table = table_with(self.table_name or "no_table", self.schema, ["x"])
        return sa.Index(self.index_name, table.c.x, **self.kw)

    def reverse(self) -> CreateIndexOp:
        """The index again; raises ValueError where it is not known."""
        if self._reverse is None:
            raise ValueError(f"what index {self.index_name} was like is not known")
        return self._reverse

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("remove_index", self.to_index())


def _table_of(index: sa.Index) -> sa.Table:
    if index.table is None:
        raise ValueError(f"index {index.name} belongs to no table")
    return index.table
