"""Operations on whole tables, as objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.schema import SchemaItem

from flaskmig.engine.calls.custom.migrate_operation import AlterTableOp, MigrateOperation


class CreateTableOp(MigrateOperation):
    """Make a table from columns and constraints."""

    def __init__(
        self,
        table_name: str,
        columns: Sequence[SchemaItem],
        *,
        schema: str | None = None,
        if_not_exists: bool | None = None,
        info: Mapping[Any, Any] | None = None,
        comment: str | None = None,
        prefixes: Sequence[str] | None = None,
        _namespace_metadata: sa.MetaData | None = None,
        _constraints_included: bool = False,
        **kw: Any,
    ) -> None:
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.if_not_exists = if_not_exists
        self.info = dict(info or {})
        self.comment = comment
        self.prefixes = prefixes
        self.kw = kw

    @classmethod
    def from_table(cls, table: sa.Table, *, _namespace_metadata: Any = None) -> CreateTableOp:
        return cls(
            table.name,
            [*table.columns, *table.constraints],
            schema=table.schema,
            comment=table.comment,
            info=dict(table.info),
            prefixes=list(table._prefixes),
            **table.kwargs,
        )

    @classmethod
    def create_table(
        cls, operations: Any, table_name: str, *columns: SchemaItem, **options: Any
    ) -> Any:
        return operations.invoke(cls(table_name, columns, **options))

    @property
    def options(self) -> dict[str, Any]:
        """What `sqlalchemy.Table` takes beside columns."""
        options = dict(self.kw)
        if self.comment is not None:
            options["comment"] = self.comment
        if self.prefixes:
            options["prefixes"] = list(self.prefixes)
        if self.info:
            options["info"] = self.info
        return options

    @property
    def items(self) -> list[SchemaItem]:
        """The columns and constraints, copied where they belong to a table already."""
        has_key = any(isinstance(item, sa.PrimaryKeyConstraint) for item in self.columns)
        found = []
        for item in self.columns:
            free = _free(item)
            if free is not item and has_key and isinstance(free, sa.Column):
                # The key says so itself, and has the copies told apart otherwise.
                free.primary_key = False
            found.append(free)
        return found

    def to_table(self, migration_context: Any = None) -> sa.Table:
        items = self.items
        return sa.Table(self.table_name, sa.MetaData(), *items, schema=self.schema, **self.options)

    def reverse(self) -> DropTableOp:
        return DropTableOp.from_table(self.to_table())

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("add_table", self.to_table())


class DropTableOp(MigrateOperation):
    """Drop a table."""

    def __init__(
        self,
        table_name: str,
        *,
        schema: str | None = None,
        if_exists: bool | None = None,
        table_kw: Mapping[str, Any] | None = None,
        _reverse: CreateTableOp | None = None,
    ) -> None:
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self.table_kw = dict(table_kw or {})
        self.comment = self.table_kw.pop("comment", None)
        self.info = dict(self.table_kw.pop("info", None) or {})
        self.prefixes = self.table_kw.pop("prefixes", None)
        self._reverse = _reverse

    @classmethod
    def from_table(cls, table: sa.Table, *, _namespace_metadata: Any = None) -> DropTableOp:
        made = CreateTableOp.from_table(table)
        return cls(table.name, schema=table.schema, table_kw=made.options, _reverse=made)

    @classmethod
    def drop_table(cls, operations: Any, table_name: str, **options: Any) -> None:
        known = {name: options.pop(name) for name in ("schema", "if_exists") if name in options}
        operations.invoke(cls(table_name, table_kw=options, **known))

    def to_table(self, migration_context: Any = None) -> sa.Table:
        if self._reverse is not None:
            return self._reverse.to_table()
        return sa.Table(self.table_name, sa.MetaData(), schema=self.schema, **self.table_kw)

    def reverse(self) -> CreateTableOp:
        """The table again; raises ValueError where it is not known."""
        if self._reverse is None:
            raise ValueError(f"what table {self.table_name} was like is not known")
        return self._reverse

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("remove_table", self.to_table())


class RenameTableOp(AlterTableOp):
    """Give a table another name."""

    def __init__(
        self, old_table_name: str, new_table_name: str, *, schema: str | None = None
    ) -> None:
        super().__init__(old_table_name, schema=schema)
        self.new_table_name = new_table_name

    @classmethod
    def rename_table(
        cls,
        operations: Any,
        old_table_name: str,
        new_table_name: str,
        *,
        schema: str | None = None,
    ) -> None:
        operations.invoke(cls(old_table_name, new_table_name, schema=schema))


class CreateTableCommentOp(AlterTableOp):
    """Set a table's comment."""

    def __init__(
        self,
        table_name: str,
        comment: str | None,
        *,
        schema: str | None = None,
        existing_comment: str | None = None,
    ) -> None:
        super().__init__(table_name, schema=schema)
        self.comment = comment
        self.existing_comment = existing_comment

    @classmethod
    def create_table_comment(
        cls, operations: Any, table_name: str, comment: str | None, **options: Any
    ) -> None:
        operations.invoke(cls(table_name, comment, **options))

    def reverse(self) -> CreateTableCommentOp | DropTableCommentOp:
        if self.existing_comment is None:
            return DropTableCommentOp(
                self.table_name, existing_comment=self.comment, schema=self.schema
            )
        return CreateTableCommentOp(
            self.table_name,
            self.existing_comment,
            existing_comment=self.comment,
            schema=self.schema,
        )

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("add_table_comment", _commented(self, self.comment), self.existing_comment)


class DropTableCommentOp(AlterTableOp):
    """Take a table's comment away."""

    def __init__(
        self, table_name: str, *, schema: str | None = None, existing_comment: str | None = None
    ) -> None:
        super().__init__(table_name, schema=schema)
        self.existing_comment = existing_comment

    @classmethod
    def drop_table_comment(cls, operations: Any, table_name: str, **options: Any) -> None:
        operations.invoke(cls(table_name, **options))

    def reverse(self) -> CreateTableCommentOp:
        return CreateTableCommentOp(self.table_name, self.existing_comment, schema=self.schema)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("remove_table_comment", _commented(self, None))


def _commented(operation: AlterTableOp, comment: str | None) -> sa.Table:
    name, schema = operation.table_name, operation.schema
    return sa.Table(name, sa.MetaData(), schema=schema, comment=comment)


def _free(item: SchemaItem) -> SchemaItem:
    """The column or constraint, or a copy of one that belongs to a table already."""
    owner = getattr(item, "table", None) if isinstance(item, sa.Column) else _parent(item)
    copy = getattr(item, "_copy", None)
    if owner is None or copy is None:
        return item
    copied: SchemaItem = copy()
    return copied


def _parent(item: SchemaItem) -> object:
    return getattr(item, "parent", None)
