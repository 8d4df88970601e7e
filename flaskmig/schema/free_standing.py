"""What stands in a schema by itself beside tables: enum types and sequences."""

from __future__ import annotations

from dataclasses import dataclass

from flaskmig.schema.names import QualifiedName


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum:
    """A native enum type; the order of its values is part of it."""

    name: QualifiedName
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A free-standing sequence; None is the database's default."""

    name: QualifiedName
    type: str | None = None
    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cache: int | None = None
    cycle: bool = False
