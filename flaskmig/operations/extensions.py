"""Operations on extensions of the database."""

from __future__ import annotations

from dataclasses import dataclass

from flaskmig.operations.base import BaseOperation
from flaskmig.operations.refs import Refs, extension_ref, schema_ref
from flaskmig.schema import Extension, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateExtension(BaseOperation):
    extension: Extension

    @property
    def creates(self) -> Refs:
        return frozenset({extension_ref(self.extension.name)})

    @property
    def uses(self) -> Refs:
        return _home(self.extension)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_object(self.extension)

    def reverse(self) -> DropExtension:
        return DropExtension(extension=self.extension)

    def __str__(self) -> str:
        return f"create extension {self.extension.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropExtension(BaseOperation):
    extension: Extension

    @property
    def drops(self) -> Refs:
        return frozenset({extension_ref(self.extension.name)})

    @property
    def releases(self) -> Refs:
        return _home(self.extension)

    def apply(self, schema: Schema) -> Schema:
        return schema.without_object(self.extension)

    def reverse(self) -> CreateExtension:
        return CreateExtension(extension=self.extension)

    def __str__(self) -> str:
        return f"drop extension {self.extension.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterExtension(BaseOperation):
    """Move an extension to another schema, or update it to another version."""

    before: Extension
    after: Extension

    @property
    def uses(self) -> Refs:
        return _home(self.after)

    @property
    def releases(self) -> Refs:
        return _home(self.before)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_replaced(self.before, self.after)

    def reverse(self) -> AlterExtension:
        return AlterExtension(before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"alter extension {self.after.name}"


def _home(extension: Extension) -> Refs:
    return frozenset({schema_ref(extension.schema)}) if extension.schema else frozenset()
