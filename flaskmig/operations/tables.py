"""Operations on whole tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flaskmig.operations.base import BaseOperation, edit_table, edit_tables
from flaskmig.operations.constraints import RenameConstraint
from flaskmig.operations.default_names import following_name
from flaskmig.operations.following import rename_relation, without_triggers_of
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
    """Drop a table, its indexes and its rows.

    ``if_exists``: no revision made it, so that a file must not count on it.
    """

    table: Table
    if_exists: bool = False

    @property
    def drops(self) -> Refs:
        return table_makes(self.table)

    @property
    def releases(self) -> Refs:
        return table_needs(self.table)

    def apply(self, schema: Schema) -> Schema:
        left = schema.without_object(schema.table(self.table.name))
        return without_triggers_of(left, self.table.name)

    def reverse(self) -> CreateTable:
        return CreateTable(table=self.table)

    def __str__(self) -> str:
        return f"drop table {self.table.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameTable(BaseOperation):
    """Give a table another name; foreign keys that point at it follow.

    ``default_names``: so do the names that PostgreSQL made of the table's own, as in users_pkey
    and users_id_seq.
    """

    before: QualifiedName
    after: QualifiedName
    default_names: bool = False

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
        renamed = rename_relation(edit_tables(renamed, self._repoint), self.before, self.after)
        for operation in self.following(table):
            renamed = operation.apply(renamed)
        return renamed

    def following(self, table: Table) -> tuple[RenameConstraint, ...]:
        """What follows of the constraints of ``table``, as it was before; to be done after."""
        if not self.default_names or self.before.name == self.after.name:
            return ()
        taken = {constraint.name for constraint in table.constraints}
        found = []
        for constraint in table.constraints:
            name = following_name(constraint, self.before.name, self.after.name)
            if name is not None and name not in taken:
                own = self._repoint(replace(table, constraints=(constraint,))).constraints[0]
                found.append(RenameConstraint(table=self.after, constraint=own, after=name))
        return tuple(found)

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
        return replace(self, before=self.after, after=self.before)

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
        before, after = dict(self.before.options), dict(self.after.options)
        names = sorted({*before, *after})
        changed = ", ".join(name for name in names if before.get(name) != after.get(name))
        return f"change the options of table {self.table} ({changed})"
