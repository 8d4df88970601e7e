"""Checks added, as objects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls.custom.constraint_ops import AddConstraintOp, name_of, options_of
from flaskmig.engine.calls.custom.migrate_operation import table_with


class CreateCheckConstraintOp(AddConstraintOp, adds=sa.CheckConstraint):
    """Have each row satisfy a condition."""

    constraint_type = "check"

    def __init__(
        self,
        constraint_name: str | None,
        table_name: str,
        condition: Any,
        *,
        schema: str | None = None,
        **kw: Any,
    ) -> None:
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.condition = condition
        self.schema = schema
        self.kw = kw

    @classmethod
    def create_check_constraint(cls, operations: Any, *arguments: Any, **options: Any) -> None:
        operations.invoke(cls(*arguments, **options))

    @classmethod
    def batch_create_check_constraint(
        cls, operations: Any, constraint_name: str | None, condition: Any, **options: Any
    ) -> None:
        impl = operations.impl
        operations.invoke(
            cls(constraint_name, impl.table_name, condition, schema=impl.schema, **options)
        )

    @classmethod
    def from_constraint(cls, constraint: Any) -> AddConstraintOp:
        return cls(
            name_of(constraint),
            constraint.table.name,
            constraint.sqltext,
            **options_of(constraint),
        )

    def to_constraint(self, migration_context: Any = None) -> sa.Constraint:
        table = table_with(self.table_name, self.schema, ())
        made = sa.CheckConstraint(self.condition, name=self.constraint_name, **self.kw)
        table.append_constraint(made)
        return made
