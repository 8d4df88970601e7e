"""Operations on schemas in the sense of namespaces."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flaskmig.errors import ObjectExistsError, ObjectNotFoundError
from flaskmig.operations.base import BaseOperation
from flaskmig.operations.refs import Refs, schema_ref
from flaskmig.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSchema(BaseOperation):
    name: str

    @property
    def creates(self) -> Refs:
        return frozenset({schema_ref(self.name)})

    def apply(self, schema: Schema) -> Schema:
        if self.name in schema.schemas:
            raise ObjectExistsError(f"schema {self.name} exists already")
        return replace(schema, schemas=(*schema.schemas, self.name))

    def reverse(self) -> DropSchema:
        return DropSchema(name=self.name)

    def __str__(self) -> str:
        return f"create schema {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSchema(BaseOperation):
    """Drop an empty schema."""

    name: str

    @property
    def drops(self) -> Refs:
        return frozenset({schema_ref(self.name)})

    def apply(self, schema: Schema) -> Schema:
        if self.name not in schema.schemas:
            raise ObjectNotFoundError(f"there is no schema {self.name}")
        return replace(schema, schemas=tuple(n for n in schema.schemas if n != self.name))

    def reverse(self) -> CreateSchema:
        return CreateSchema(name=self.name)

    def __str__(self) -> str:
        return f"drop schema {self.name}"
