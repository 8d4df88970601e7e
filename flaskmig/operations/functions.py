"""Operations on functions and procedures."""

from __future__ import annotations

from dataclasses import dataclass

from flaskmig.operations.base import BaseOperation
from flaskmig.operations.mentions import function_needs
from flaskmig.operations.refs import Refs, function_ref, namespace_uses
from flaskmig.schema import Function, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateFunction(BaseOperation):
    """Make a function; ``keeps_grants`` as for views."""

    function: Function
    keeps_grants: bool = False

    @property
    def creates(self) -> Refs:
        return frozenset({function_ref(self.function.name)})

    @property
    def uses(self) -> Refs:
        return namespace_uses(self.function.name) | function_needs(self.function)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_object(self.function)

    def reverse(self) -> DropFunction:
        return DropFunction(function=self.function, keeps_grants=self.keeps_grants)

    def __str__(self) -> str:
        return f"create function {self.function.signature}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropFunction(BaseOperation):
    """Drop a function; ``keeps_grants`` as for views."""

    function: Function
    keeps_grants: bool = False

    @property
    def drops(self) -> Refs:
        return frozenset({function_ref(self.function.name)})

    @property
    def releases(self) -> Refs:
        return namespace_uses(self.function.name) | function_needs(self.function)

    def apply(self, schema: Schema) -> Schema:
        return schema.without_object(self.function)

    def reverse(self) -> CreateFunction:
        return CreateFunction(function=self.function, keeps_grants=self.keeps_grants)

    def __str__(self) -> str:
        return f"drop function {self.function.signature}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceFunction(BaseOperation):
    """Give a function another body; names of arguments and type of result stay."""

    before: Function
    after: Function

    @property
    def creates(self) -> Refs:
        return frozenset({function_ref(self.after.name)})

    @property
    def uses(self) -> Refs:
        return function_needs(self.after)

    @property
    def releases(self) -> Refs:
        return function_needs(self.before) - function_needs(self.after)

    def apply(self, schema: Schema) -> Schema:
        return schema.with_replaced(self.before, self.after)

    def reverse(self) -> ReplaceFunction:
        return ReplaceFunction(before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"change function {self.after.signature}"
