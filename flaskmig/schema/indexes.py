"""Indexes and their parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPart:
    """One part of an index: a column or an expression, and how it is sorted."""

    column: str | None = None
    expression: str | None = None
    descending: bool = False
    nulls: Literal["first", "last"] | None = None
    collation: str | None = None
    opclass: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index; ``options`` are WITH (…) pairs in the order of their names.

    ``elsewhere`` is the index as the models want it on the other kind of database, where they
    say something of it for that one alone. ``sql`` is the stored CREATE INDEX text, where the
    database keeps one: a rebuild makes the index again by it, as people wrote it.
    """

    name: str
    parts: tuple[IndexPart, ...]
    unique: bool = False
    method: str | None = None
    where: str | None = None
    include: tuple[str, ...] = ()
    nulls_not_distinct: bool = False
    options: tuple[tuple[str, str], ...] = ()
    tablespace: str | None = None
    elsewhere: Index | None = field(default=None, compare=False, repr=False)
    sql: str | None = field(default=None, compare=False, repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it names outside of expressions, INCLUDE ones last."""
        return (*(part.column for part in self.parts if part.column), *self.include)
