"""Foreign keys added, as objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls.custom.constraint_ops import AddConstraintOp, name_of
from flaskmig.engine.calls.custom.migrate_operation import given, table_with


class CreateForeignKeyOp(AddConstraintOp, adds=sa.ForeignKeyConstraint):
    """Have columns refer to those of another table; ``kw`` has the schemas and what it does."""

    constraint_type = "foreignkey"

    def __init__(
        self,
        constraint_name: str | None,
        source_table: str,
        referent_table: str,
        local_cols: Sequence[str],
        remote_cols: Sequence[str],
        **kw: Any,
    ) -> None:
        self.constraint_name = constraint_name
        self.source_table = source_table
        self.referent_table = referent_table
        self.local_cols = local_cols
        self.remote_cols = remote_cols
        self.kw = kw

    @classmethod
    def create_foreign_key(cls, operations: Any, *arguments: Any, **options: Any) -> None:
        operations.invoke(cls(*arguments, **options))

    @classmethod
    def batch_create_foreign_key(
        cls,
        operations: Any,
        constraint_name: str | None,
        referent_table: str,
        local_cols: Sequence[str],
        remote_cols: Sequence[str],
        **options: Any,
    ) -> None:
        impl = operations.impl
        options["source_schema"] = impl.schema
        made = cls(
            constraint_name, impl.table_name, referent_table, local_cols, remote_cols, **options
        )
        operations.invoke(made)

    @classmethod
    def from_constraint(cls, constraint: Any) -> AddConstraintOp:
        *owner, _ = constraint.elements[0].target_fullname.split(".")
        schema = ".".join(owner[:-1]) or None
        options = given(
            source_schema=constraint.table.schema,
            referent_schema=schema,
            onupdate=constraint.onupdate,
            ondelete=constraint.ondelete,
            initially=constraint.initially,
            deferrable=constraint.deferrable,
            match=constraint.match,
            use_alter=constraint.use_alter or None,
        )
        return cls(
            name_of(constraint),
            constraint.table.name,
            owner[-1],
            [column.name for column in constraint.columns],
            [element.target_fullname.split(".")[-1] for element in constraint.elements],
            **options,
            **constraint.dialect_kwargs,
        )

    def to_constraint(self, migration_context: Any = None) -> sa.Constraint:
        options = dict(self.kw)
        source = table_with(self.source_table, options.pop("source_schema", None), self.local_cols)
        remote = table_with(
            self.referent_table, options.pop("referent_schema", None), self.remote_cols
        )
        made = sa.ForeignKeyConstraint(
            [source.c[column] for column in self.local_cols],
            [remote.c[column] for column in self.remote_cols],
            name=self.constraint_name,
            **options,
        )
        source.append_constraint(made)
        return made

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("add_fk", self.to_constraint())
