"""Operations on constraints of every kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flaskmig.errors import ObjectExistsError, ObjectNotFoundError
from flaskmig.operations.base import BaseOperation, edit_table
from flaskmig.operations.refs import Refs, constraint_makes, constraint_needs, table_ref
from flaskmig.schema import Constraint, QualifiedName, Schema, Table, describe_constraint


def find_constraint(table: Table, wanted: Constraint) -> Constraint:
    """The table's constraint that ``wanted`` means: the same one, of the same name, or alike.

    Raises ObjectNotFoundError.
    """
    if wanted in table.constraints:
        return wanted
    for constraint in table.constraints:
        if wanted.name and constraint.name == wanted.name and type(constraint) is type(wanted):
            return constraint
    for constraint in table.constraints:
        named_alike = constraint.name is None or wanted.name is None
        if named_alike and replace(constraint, name=None) == replace(wanted, name=None):
            return constraint
    raise ObjectNotFoundError(f"table {table.name} has no constraint {describe_constraint(wanted)}")


def _with_constraint(table: Table, constraint: Constraint) -> Table:
    if constraint.name and any(other.name == constraint.name for other in table.constraints):
        raise ObjectExistsError(f"constraint {constraint.name} of {table.name} exists already")
    for makes in constraint_makes(table.name, constraint):
        if makes.part == "PRIMARY KEY" and table.primary_key:
            raise ObjectExistsError(f"table {table.name} has a primary key already")
    return replace(table, constraints=(*table.constraints, constraint))


def _without_constraint(table: Table, constraint: Constraint) -> Table:
    found = find_constraint(table, constraint)
    kept = list(table.constraints)
    kept.remove(found)
    return replace(table, constraints=tuple(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddConstraint(BaseOperation):
    table: QualifiedName
    constraint: Constraint

    @property
    def creates(self) -> Refs:
        return constraint_makes(self.table, self.constraint)

    @property
    def uses(self) -> Refs:
        return constraint_needs(self.table, self.constraint)

    @property
    def releases(self) -> Refs:
        return frozenset({table_ref(self.table)})

    def apply(self, schema: Schema) -> Schema:
        def edit(table: Table) -> Table:
            return _with_constraint(table, self.constraint)

        return edit_table(schema, self.table, edit)

    def reverse(self) -> DropConstraint:
        return DropConstraint(table=self.table, constraint=self.constraint)

    def __str__(self) -> str:
        return f"add constraint {describe_constraint(self.constraint)} on {self.table}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropConstraint(BaseOperation):
    """Drop a constraint, found by its name or, where it has none, by what it is."""

    table: QualifiedName
    constraint: Constraint

    @property
    def uses(self) -> Refs:
        return frozenset({table_ref(self.table)})

    @property
    def drops(self) -> Refs:
        return constraint_makes(self.table, self.constraint)

    @property
    def releases(self) -> Refs:
        return constraint_needs(self.table, self.constraint)

    def apply(self, schema: Schema) -> Schema:
        def edit(table: Table) -> Table:
            return _without_constraint(table, self.constraint)

        return edit_table(schema, self.table, edit)

    def reverse(self) -> AddConstraint:
        return AddConstraint(table=self.table, constraint=self.constraint)

    def __str__(self) -> str:
        return f"drop constraint {describe_constraint(self.constraint)} on {self.table}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameConstraint(BaseOperation):
    """Give a constraint another name; None takes the name away where a database allows it."""

    table: QualifiedName
    constraint: Constraint
    after: str | None

    @property
    def creates(self) -> Refs:
        renamed = constraint_makes(self.table, replace(self.constraint, name=self.after))
        return renamed - constraint_makes(self.table, self.constraint)

    @property
    def uses(self) -> Refs:
        return frozenset({table_ref(self.table)})

    @property
    def drops(self) -> Refs:
        renamed = constraint_makes(self.table, replace(self.constraint, name=self.after))
        return constraint_makes(self.table, self.constraint) - renamed

    @property
    def releases(self) -> Refs:
        return frozenset({table_ref(self.table)})

    def apply(self, schema: Schema) -> Schema:
        def edit(table: Table) -> Table:
            found = find_constraint(table, self.constraint)
            return _with_constraint(
                _without_constraint(table, found), replace(found, name=self.after)
            )

        return edit_table(schema, self.table, edit)

    def reverse(self) -> RenameConstraint:
        return RenameConstraint(
            table=self.table,
            constraint=replace(self.constraint, name=self.after),
            after=self.constraint.name,
        )

    def __str__(self) -> str:
        what = describe_constraint(self.constraint)
        return f"rename constraint {what} on {self.table} to {self.after or 'no name'}"
