"""Both sides of a difference, completed when somebody looks at all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flaskmig.engine.detecting.unchanged import NONE_UNCHANGED, Unchanged
from flaskmig.schema import QualifiedName, Schema


@dataclass(frozen=True, eq=False)
class Whole:
    """``there`` and ``wanted`` are without the tables that were found unchanged."""

    there: Schema
    wanted: Schema
    unchanged: Unchanged = NONE_UNCHANGED

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Whole):
            return NotImplemented
        return self.current == other.current and self.desired == other.desired

    def __hash__(self) -> int:
        return hash((self.current, self.desired))

    @cached_property
    def current(self) -> Schema:
        """All that is there."""
        if not self.unchanged:
            return self.there
        return self.there.with_tables((*self.there.tables, *self.unchanged.on_current()))

    @cached_property
    def desired(self) -> Schema:
        """All that is wanted."""
        if not self.unchanged:
            return self.wanted
        return self.wanted.with_tables((*self.wanted.tables, *self.unchanged.on_desired()))

    @property
    def current_tables(self) -> set[QualifiedName]:
        """The names of all tables that are there."""
        return {*(table.name for table in self.there.tables), *self.unchanged.tables}
