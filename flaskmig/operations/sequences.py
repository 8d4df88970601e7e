"""Operations on free-standing sequences."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from flaskmig.operations.base import BaseOperation, edit_tables
from flaskmig.operations.refs import Refs, namespace_uses, relation_ref, sequence_ref
from flaskmig.operations.spelling import respell
from flaskmig.schema import QualifiedName, Schema, Sequence, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSequence(BaseOperation):
    sequence: Sequence

    @property
    def creates(self) -> Refs:
        return frozenset({sequence_ref(self.sequence.name), relation_ref(self.sequence.name)})

    @property
    def uses(self) -> Refs:
        return namespace_uses(self.sequence.name)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_object(self.sequence)

    def reverse(self) -> DropSequence:
        return DropSequence(sequence=self.sequence)

    def __str__(self) -> str:
        return f"create sequence {self.sequence.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSequence(BaseOperation):
    """Drop a sequence; ``if_exists`` as for `DropTable`."""

    sequence: Sequence
    if_exists: bool = False

    @property
    def drops(self) -> Refs:
        return frozenset({sequence_ref(self.sequence.name), relation_ref(self.sequence.name)})

    @property
    def releases(self) -> Refs:
        return namespace_uses(self.sequence.name)

    def apply(self, schema: Schema) -> Schema:
        return schema.without_object(schema.sequence(self.sequence.name))

    def reverse(self) -> CreateSequence:
        return CreateSequence(sequence=self.sequence)

    def __str__(self) -> str:
        return f"drop sequence {self.sequence.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameSequence(BaseOperation):
    """Give a sequence another name; the defaults that take their values from it follow."""

    before: QualifiedName
    after: QualifiedName

    @property
    def creates(self) -> Refs:
        return frozenset({sequence_ref(self.after)})

    @property
    def uses(self) -> Refs:
        return namespace_uses(self.after)

    @property
    def drops(self) -> Refs:
        return frozenset({sequence_ref(self.before)})

    def apply(self, schema: Schema) -> Schema:
        sequence = schema.sequence(self.before)
        renamed = schema.with_replaced(sequence, replace(sequence, name=self.after))
        return edit_tables(renamed, self._edit)

    def _edit(self, table: Table) -> Table:
        if not any(column.sequence == self.before for column in table.columns):
            return table
        columns = []
        for column in table.columns:
            if column.sequence == self.before:
                default = column.default and respell(column.default, self.before, self.after)
                column = replace(column.with_default(default), sequence=self.after)
            columns.append(column)
        return replace(table, columns=tuple(columns))

    def reverse(self) -> RenameSequence:
        return RenameSequence(before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"rename sequence {self.before} to {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterSequence(BaseOperation):
    before: Sequence
    after: Sequence

    @property
    def uses(self) -> Refs:
        return frozenset({sequence_ref(self.after.name)})

    @property
    def releases(self) -> Refs:
        return frozenset({sequence_ref(self.after.name)})

    def apply(self, schema: Schema) -> Schema:
        return schema.with_replaced(schema.sequence(self.before.name), self.after)

    def reverse(self) -> AlterSequence:
        return AlterSequence(before=self.after, after=self.before)

    def __str__(self) -> str:
        compared = (each.name for each in fields(self.after))
        changed = (n for n in compared if getattr(self.before, n) != getattr(self.after, n))
        return f"alter sequence {self.after.name} ({', '.join(changed)})"
