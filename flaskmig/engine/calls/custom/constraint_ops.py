"""Constraints added and dropped, as objects."""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa

from flaskmig.engine.calls.custom.migrate_operation import MigrateOperation, given

_KINDS: tuple[tuple[type[sa.Constraint], str], ...] = (
    (sa.PrimaryKeyConstraint, "primary"),
    (sa.UniqueConstraint, "unique"),
    (sa.ForeignKeyConstraint, "foreignkey"),
    (sa.CheckConstraint, "check"),
)


class AddConstraintOp(MigrateOperation):
    """The base of those that add a constraint, each of the kind that its class is made for."""

    constraint_type: ClassVar[str] = ""
    adds: ClassVar[Any] = None
    _classes: ClassVar[dict[type[sa.Constraint], type[AddConstraintOp]]] = {}
    constraint_name: str | None
    schema: str | None
    kw: dict[str, Any]

    def __init_subclass__(cls, *, adds: type[sa.Constraint] | None = None, **options: Any) -> None:
        super().__init_subclass__(**options)
        if adds is not None:
            cls.adds = adds
            AddConstraintOp._classes[adds] = cls

    @classmethod
    def from_constraint(cls, constraint: sa.Constraint) -> AddConstraintOp:
        """The operation that adds it to its table; raises ValueError for an unknown kind."""
        for kind, class_ in AddConstraintOp._classes.items():
            if isinstance(constraint, kind):
                return class_.from_constraint(constraint)
        raise ValueError(f"{constraint!r} is of no kind that has an operation")

    def to_constraint(self, migration_context: Any = None) -> sa.Constraint:
        """The constraint, on a table of which no more is known."""
        raise TypeError(f"{type(self).__name__} does not say what its constraint is")

    def reverse(self) -> DropConstraintOp:
        return DropConstraintOp.from_constraint(self.to_constraint())

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("add_constraint", self.to_constraint())


class DropConstraintOp(MigrateOperation):
    """Drop a constraint by its name."""

    def __init__(
        self,
        constraint_name: str | None,
        table_name: str,
        type_: str | None = None,
        *,
        schema: str | None = None,
        if_exists: bool | None = None,
        _reverse: AddConstraintOp | None = None,
    ) -> None:
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.constraint_type = type_
        self.schema = schema
        self.if_exists = if_exists
        self._reverse = _reverse

    @classmethod
    def from_constraint(cls, constraint: sa.Constraint) -> DropConstraintOp:
        kinds = (word for kind, word in _KINDS if isinstance(constraint, kind))
        table = _table_of(constraint)
        return cls(
            name_of(constraint),
            table.name,
            next(kinds, None),
            schema=table.schema,
            _reverse=AddConstraintOp.from_constraint(constraint),
        )

    @classmethod
    def drop_constraint(
        cls,
        operations: Any,
        constraint_name: str | None,
        table_name: str,
        type_: str | None = None,
        **options: Any,
    ) -> None:
        operations.invoke(cls(constraint_name, table_name, type_, **options))

    @classmethod
    def batch_drop_constraint(
        cls, operations: Any, constraint_name: str | None, type_: str | None = None
    ) -> None:
        impl = operations.impl
        operations.invoke(cls(constraint_name, impl.table_name, type_, schema=impl.schema))

    def to_constraint(self) -> sa.Constraint:
        return self.reverse().to_constraint()

    def reverse(self) -> AddConstraintOp:
        """The constraint again; raises ValueError where it is not known."""
        if self._reverse is None:
            raise ValueError(f"what constraint {self.constraint_name} was like is not known")
        return self._reverse

    def to_diff_tuple(self) -> tuple[Any, ...]:
        kind = "remove_fk" if self.constraint_type == "foreignkey" else "remove_constraint"
        return (kind, self.to_constraint())


def name_of(constraint: sa.Constraint) -> str | None:
    """The name of a constraint, None where it has none that is final."""
    return constraint.name if isinstance(constraint.name, str) else None


def options_of(constraint: sa.Constraint) -> dict[str, Any]:
    """What a constraint is made with beside its columns or its condition."""
    said = given(deferrable=constraint.deferrable, initially=constraint.initially)
    return {"schema": constraint.table.schema, **said, **constraint.dialect_kwargs}


def _table_of(constraint: sa.Constraint) -> sa.Table:
    table: sa.Table = constraint.table
    return table
