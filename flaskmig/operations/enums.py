"""Operations on native enum types."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flaskmig.errors import ObjectExistsError, ObjectNotFoundError
from flaskmig.operations.base import BaseOperation, edit_tables
from flaskmig.operations.following import edit_texts
from flaskmig.operations.refs import Refs, enum_ref, namespace_uses, relation_ref
from flaskmig.operations.spelling import (
    edit_expressions,
    respell,
    respell_casts,
    respell_element,
    respell_value,
)
from flaskmig.schema import Column, Enum, QualifiedName, Schema, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEnum(BaseOperation):
    enum: Enum

    @property
    def creates(self) -> Refs:
        return frozenset({enum_ref(self.enum.name), relation_ref(self.enum.name)})

    @property
    def uses(self) -> Refs:
        return namespace_uses(self.enum.name)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_object(self.enum)

    def reverse(self) -> DropEnum:
        return DropEnum(enum=self.enum)

    def __str__(self) -> str:
        return f"create enum {self.enum.name} ({', '.join(self.enum.values)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropEnum(BaseOperation):
    """Drop an enum type; ``if_exists`` as for `DropTable`."""

    enum: Enum
    if_exists: bool = False

    @property
    def drops(self) -> Refs:
        return frozenset({enum_ref(self.enum.name), relation_ref(self.enum.name)})

    @property
    def releases(self) -> Refs:
        return namespace_uses(self.enum.name)

    def apply(self, schema: Schema) -> Schema:
        return schema.without_object(schema.enum(self.enum.name))

    def reverse(self) -> CreateEnum:
        return CreateEnum(enum=self.enum)

    def __str__(self) -> str:
        return f"drop enum {self.enum.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameEnum(BaseOperation):
    """Give an enum type another name; the columns of that type follow."""

    before: QualifiedName
    after: QualifiedName

    @property
    def creates(self) -> Refs:
        return frozenset({enum_ref(self.after)})

    @property
    def uses(self) -> Refs:
        return namespace_uses(self.after)

    @property
    def drops(self) -> Refs:
        return frozenset({enum_ref(self.before)})

    def apply(self, schema: Schema) -> Schema:
        enum = schema.enum(self.before)
        renamed = schema.with_replaced(enum, replace(enum, name=self.after))
        return edit_texts(
            edit_tables(renamed, self._edit),
            lambda text: respell_casts(text, self.before, self.after),
        )

    def _edit(self, table: Table) -> Table:
        if not any(column.type.enum == self.before for column in table.columns):
            return table
        columns = []
        for column in table.columns:
            if column.type.enum == self.before:
                sql = respell(column.type.sql, self.before, self.after)
                type_ = replace(column.type, sql=sql, source=None, enum=self.after)
                default = column.default and respell(column.default, self.before, self.after)
                column = replace(column.with_default(default), type=type_)
            columns.append(column)
        return edit_expressions(
            replace(table, columns=tuple(columns)),
            lambda text: respell_casts(text, self.before, self.after),
        )

    def reverse(self) -> RenameEnum:
        return RenameEnum(before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"rename enum {self.before} to {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterEnum(BaseOperation):
    """Change the values of an enum type: added ones, and also removed and reordered ones."""

    before: Enum
    after: Enum

    @property
    def creates(self) -> Refs:
        return frozenset({enum_ref(self.after.name)})

    @property
    def drops(self) -> Refs:
        return frozenset() if self.only_adds else frozenset({enum_ref(self.before.name)})

    @property
    def only_adds(self) -> bool:
        """Whether the values there are stay, in their order."""
        kept = tuple(value for value in self.after.values if value in self.before.values)
        return kept == self.before.values

    @property
    def added(self) -> tuple[str, ...]:
        return tuple(value for value in self.after.values if value not in self.before.values)

    @property
    def removed(self) -> tuple[str, ...]:
        return tuple(value for value in self.before.values if value not in self.after.values)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_replaced(schema.enum(self.before.name), self.after)

    def reverse(self) -> AlterEnum:
        return AlterEnum(before=self.after, after=self.before)

    def __str__(self) -> str:
        parts = [f"+{value}" for value in self.added] + [f"-{value}" for value in self.removed]
        kept = [value for value in self.before.values if value in self.after.values]
        if kept != [value for value in self.after.values if value in self.before.values]:
            parts.append("order")
        return f"alter enum {self.before.name} ({', '.join(parts)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameEnumValue(BaseOperation):
    enum: QualifiedName
    before: str
    after: str

    @property
    def creates(self) -> Refs:
        return frozenset({enum_ref(self.enum)._replace(part=self.after)})

    @property
    def uses(self) -> Refs:
        return frozenset({enum_ref(self.enum)})

    @property
    def drops(self) -> Refs:
        return frozenset({enum_ref(self.enum)._replace(part=self.before)})

    def apply(self, schema: Schema) -> Schema:
        enum = schema.enum(self.enum)
        if self.before not in enum.values:
            raise ObjectNotFoundError(f"enum {self.enum} has no value {self.before}")
        if self.after in enum.values:
            raise ObjectExistsError(f"enum {self.enum} has a value {self.after} already")
        values = tuple(self.after if value == self.before else value for value in enum.values)
        renamed = schema.with_replaced(enum, replace(enum, values=values))
        return edit_texts(
            edit_tables(renamed, self._edit),
            lambda text: respell_value(text, self.enum, self.before, self.after),
        )

    def _edit(self, table: Table) -> Table:
        """All that names the value follows: the database keeps it itself, not its spelling."""
        if not any(column.type.enum == self.enum for column in table.columns):
            return table
        return edit_expressions(
            replace(table, columns=tuple(self._column(column) for column in table.columns)),
            lambda text: respell_value(text, self.enum, self.before, self.after),
        )

    def _column(self, column: Column) -> Column:
        if column.type.enum != self.enum or column.default is None:
            return column
        before, after = (value.replace("'", "''") for value in (self.before, self.after))
        default = column.default.replace(f"'{before}'", f"'{after}'")
        if column.type.sql.endswith("[]"):
            default = respell_element(default, self.before, self.after)
        return column.with_default(default)

    def reverse(self) -> RenameEnumValue:
        return RenameEnumValue(enum=self.enum, before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"rename value {self.before} of enum {self.enum} to {self.after}"
