"""Primary keys and unique constraints added, as objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls.custom.constraint_ops import AddConstraintOp, name_of, options_of
from flaskmig.engine.calls.custom.migrate_operation import table_with


class _KeyOp(AddConstraintOp):
    """A key of some columns."""

    def __init__(
        self,
        constraint_name: str | None,
        table_name: str,
        columns: Sequence[str],
        *,
        schema: str | None = None,
        **kw: Any,
    ) -> None:
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.kw = kw

    @classmethod
    def from_constraint(cls, constraint: Any) -> AddConstraintOp:
        columns = [column.name for column in constraint.columns]
        return cls(name_of(constraint), constraint.table.name, columns, **options_of(constraint))

    def to_constraint(self, migration_context: Any = None) -> sa.Constraint:
        table = table_with(self.table_name, self.schema, self.columns)
        columns = [table.c[column] for column in self.columns]
        made: sa.Constraint = self.adds(*columns, name=self.constraint_name, **self.kw)
        table.append_constraint(made)
        return made


class CreatePrimaryKeyOp(_KeyOp, adds=sa.PrimaryKeyConstraint):
    """Make columns the primary key."""

    constraint_type = "primarykey"

    @classmethod
    def create_primary_key(cls, operations: Any, *arguments: Any, **options: Any) -> None:
        operations.invoke(cls(*arguments, **options))

    @classmethod
    def batch_create_primary_key(
        cls, operations: Any, constraint_name: str | None, columns: Sequence[str], **options: Any
    ) -> None:
        impl = operations.impl
        operations.invoke(
            cls(constraint_name, impl.table_name, columns, schema=impl.schema, **options)
        )


class CreateUniqueConstraintOp(_KeyOp, adds=sa.UniqueConstraint):
    """Make columns unique."""

    constraint_type = "unique"

    @classmethod
    def create_unique_constraint(cls, operations: Any, *arguments: Any, **options: Any) -> None:
        operations.invoke(cls(*arguments, **options))

    @classmethod
    def batch_create_unique_constraint(
        cls, operations: Any, constraint_name: str | None, columns: Sequence[str], **options: Any
    ) -> None:
        impl = operations.impl
        operations.invoke(
            cls(constraint_name, impl.table_name, columns, schema=impl.schema, **options)
        )
