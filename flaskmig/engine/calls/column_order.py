"""Where the columns of a table stand after a batch that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy.exc import CircularDependencyError
from sqlalchemy.util import topological

from flaskmig.engine.migrating.migration import Migration
from flaskmig.errors import ObjectNotFoundError, OperationError
from flaskmig.operations import ReorderColumns
from flaskmig.schema import QualifiedName


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column is asked to stand; at least one of the two is given."""

    column: str
    before: str | None
    after: str | None


class Order:
    """The order of one table's columns: what a batch begins with, and what it asks for.

    ``chains`` are columns that shall stand in that order, ``renames`` the columns that the batch
    calls otherwise: either name will do.
    """

    def __init__(
        self,
        migration: Migration,
        table: QualifiedName,
        chains: Sequence[Sequence[str]],
        places: Sequence[Place],
        renames: Mapping[str, str],
    ) -> None:
        self._migration = migration
        self._table = table
        self._chains = chains
        self._places = places
        self._renames = renames
        self._at_first: tuple[str, ...] = ()

    @property
    def is_asked(self) -> bool:
        return bool(self._chains or self._places)

    def begin(self) -> None:
        """Note the order before the calls of the batch."""
        if self.is_asked:
            self._at_first = self._names()

    def establish(self) -> None:
        """Bring the columns in the order that was asked for, after the calls of the batch.

        Raises ObjectNotFoundError for a column that is not there, OperationError where what is
        asked for contradicts itself.
        """
        if not self.is_asked:
            return
        if self._migration.dialect.name != "sqlite":
            self._migration.warn_once(
                "this database keeps columns where they are and puts new ones last: "
                "insert_before=, insert_after= and partial_reordering= are left out"
            )
            return
        now = self._names()
        wanted = self._wanted(now)
        if wanted != now:
            self._migration.run(ReorderColumns(table=self._table, before=now, after=wanted))

    def rewrite(self) -> None:
        """Have the table made anew, its columns as they are."""
        now = self._names()
        self._migration.run(ReorderColumns(table=self._table, before=now, after=now))

    def _names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self._migration.table(self._table).columns)

    def _wanted(self, now: tuple[str, ...]) -> tuple[str, ...]:
        pairs = list(self._pairs(now))
        try:
            return tuple(topological.sort(pairs, now, deterministic_order=True))
        except CircularDependencyError as error:
            raise OperationError(
                f"the columns of {self._table} cannot stand as insert_before=, insert_after= and "
                "partial_reordering= ask: a column would stand before itself",
                hint="take one of them out",
            ) from error

    def _pairs(self, now: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Each column that is to stand before another one, with that."""
        if self._chains:
            for chain in self._chains:
                yield from pairwise(self._known(name, now) for name in chain)
            for place in self._places:
                column, before, after = self._of(place, now)
                yield from ((column, other) for other in (before,) if other)
                yield from ((other, column) for other in (after,) if other)
            return
        # Those that were there stay as they are, and new ones come behind them.
        moved = {self._known(place.column, now) for place in self._places}
        at_first = [self._renames.get(name, name) for name in self._at_first]
        staying = [name for name in at_first if name in now and name not in moved]
        asked = [
            (staying[-1], name)
            for name in now
            if staying and name not in staying and name not in moved
        ]
        for place in self._places:
            column, before, after = self._of(place, now)
            if after and not before:
                before = _next(staying, after) if after in staying else dict(asked).get(after)
            elif before and not after:
                ahead = {second: first for first, second in asked}
                after = _previous(staying, before) if before in staying else ahead.get(before)
            asked += [(column, before)] if before else []
            asked += [(after, column)] if after else []
        yield from pairwise(staying)
        yield from asked

    def _of(self, place: Place, now: tuple[str, ...]) -> tuple[str, str | None, str | None]:
        """The column of a place and those it stands before and after, as they are called now."""
        before = self._known(place.before, now) if place.before else None
        after = self._known(place.after, now) if place.after else None
        return self._known(place.column, now), before, after

    def _known(self, name: str, now: tuple[str, ...]) -> str:
        found = self._renames.get(name, name)
        if found not in now:
            raise ObjectNotFoundError(
                f"table {self._table} has no column {name}, and one is to stand beside it",
                hint=f"it has {', '.join(now)}",
            )
        return found


def _next(names: Sequence[str], name: str) -> str | None:
    place = names.index(name) + 1
    return names[place] if place < len(names) else None


def _previous(names: Sequence[str], name: str) -> str | None:
    place = names.index(name)
    return names[place - 1] if place else None
