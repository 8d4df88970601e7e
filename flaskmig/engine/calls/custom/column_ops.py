"""Operations on columns, as objects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls.custom.migrate_operation import AlterTableOp, given

_ALTER = {
    "new_column_name": "modify_name",
    "type_": "modify_type",
    "server_default": "modify_server_default",
    "nullable": "modify_nullable",
    "comment": "modify_comment",
}


class AddColumnOp(AlterTableOp):
    """Add a column."""

    def __init__(
        self,
        table_name: str,
        column: sa.Column[Any],
        *,
        schema: str | None = None,
        if_not_exists: bool | None = None,
        inline_references: bool | None = None,
        inline_primary_key: bool | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(table_name, schema=schema)
        self.column = column
        self.if_not_exists = if_not_exists
        self.inline_references = inline_references
        self.inline_primary_key = inline_primary_key
        self.kw = kw

    @classmethod
    def from_column(cls, col: sa.Column[Any]) -> AddColumnOp:
        return cls(col.table.name, col, schema=getattr(col.table, "schema", None))

    @classmethod
    def from_column_and_tablename(
        cls, schema: str | None, tname: str, col: sa.Column[Any]
    ) -> AddColumnOp:
        return cls(tname, col, schema=schema)

    @classmethod
    def add_column(
        cls, operations: Any, table_name: str, column: sa.Column[Any], **options: Any
    ) -> None:
        operations.invoke(cls(table_name, column, **options))

    @classmethod
    def batch_add_column(cls, operations: Any, column: sa.Column[Any], **options: Any) -> None:
        impl = operations.impl
        operations.invoke(cls(impl.table_name, column, schema=impl.schema, **options))

    def to_column(self) -> sa.Column[Any]:
        return self.column

    def reverse(self) -> DropColumnOp:
        return DropColumnOp.from_column_and_tablename(self.schema, self.table_name, self.column)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("add_column", self.schema, self.table_name, self.column)


class DropColumnOp(AlterTableOp):
    """Drop a column."""

    def __init__(
        self,
        table_name: str,
        column_name: str,
        *,
        schema: str | None = None,
        if_exists: bool | None = None,
        _reverse: AddColumnOp | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(table_name, schema=schema)
        self.column_name = column_name
        self.if_exists = if_exists
        self.kw = kw
        self._reverse = _reverse

    @classmethod
    def from_column_and_tablename(
        cls, schema: str | None, tname: str, col: sa.Column[Any]
    ) -> DropColumnOp:
        return cls(tname, col.name, schema=schema, _reverse=AddColumnOp(tname, col, schema=schema))

    @classmethod
    def drop_column(
        cls, operations: Any, table_name: str, column_name: str, **options: Any
    ) -> None:
        operations.invoke(cls(table_name, column_name, **options))

    @classmethod
    def batch_drop_column(cls, operations: Any, column_name: str, **options: Any) -> None:
        impl = operations.impl
        operations.invoke(cls(impl.table_name, column_name, schema=impl.schema, **options))

    def to_column(self, migration_context: Any = None) -> sa.Column[Any]:
        return self._reverse.column if self._reverse is not None else sa.Column(self.column_name)

    def reverse(self) -> AddColumnOp:
        """The column again; raises ValueError where it is not known."""
        if self._reverse is None:
            raise ValueError(f"what column {self.column_name} was like is not known")
        return self._reverse

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("remove_column", self.schema, self.table_name, self.to_column())


class AlterColumnOp(AlterTableOp):
    """Change a column; None, and False where None is a value, means that it stays."""

    def __init__(
        self,
        table_name: str,
        column_name: str,
        *,
        schema: str | None = None,
        existing_type: Any = None,
        existing_server_default: Any = False,
        existing_nullable: bool | None = None,
        existing_comment: str | None = None,
        modify_nullable: bool | None = None,
        modify_comment: Any = False,
        modify_server_default: Any = False,
        modify_name: str | None = None,
        modify_type: Any = None,
        **kw: Any,
    ) -> None:
        super().__init__(table_name, schema=schema)
        self.column_name = column_name
        self.existing_type = existing_type
        self.existing_server_default = existing_server_default
        self.existing_nullable = existing_nullable
        self.existing_comment = existing_comment
        self.modify_nullable = modify_nullable
        self.modify_comment = modify_comment
        self.modify_server_default = modify_server_default
        self.modify_name = modify_name
        self.modify_type = modify_type
        self.kw = kw

    @classmethod
    def alter_column(
        cls, operations: Any, table_name: str, column_name: str, **options: Any
    ) -> None:
        renamed = {_ALTER.get(name, name): value for name, value in options.items()}
        operations.invoke(cls(table_name, column_name, **renamed))

    @classmethod
    def batch_alter_column(cls, operations: Any, column_name: str, **options: Any) -> None:
        impl = operations.impl
        cls.alter_column(operations, impl.table_name, column_name, schema=impl.schema, **options)

    @property
    def options(self) -> dict[str, Any]:
        """The arguments of ``op.alter_column`` behind the names of table and column."""
        options = {name: getattr(self, held) for name, held in _ALTER.items()}
        options |= given(
            existing_type=self.existing_type,
            existing_nullable=self.existing_nullable,
            existing_comment=self.existing_comment,
        )
        options["existing_server_default"] = self.existing_server_default
        return {**options, "schema": self.schema, **self.kw}

    def has_changes(self) -> bool:
        """Whether it says anything that is to change."""
        changed = (self.modify_nullable, self.modify_type, self.modify_name)
        kept = self.modify_server_default is False and self.modify_comment is False
        return any(value is not None for value in changed) or not kept

    def reverse(self) -> AlterColumnOp:
        name = self.modify_name if self.modify_name is not None else self.column_name
        made = AlterColumnOp(self.table_name, name, schema=self.schema, **self.kw)
        made.modify_name = self.column_name if self.modify_name is not None else None
        for part, unset in (
            ("type", None),
            ("nullable", None),
            ("server_default", False),
            ("comment", False),
        ):
            before, after = getattr(self, f"existing_{part}"), getattr(self, f"modify_{part}")
            if after is unset:
                setattr(made, f"existing_{part}", before)
            else:
                setattr(made, f"existing_{part}", after)
                setattr(made, f"modify_{part}", before)
        return made
