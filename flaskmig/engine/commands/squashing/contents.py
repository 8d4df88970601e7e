"""The rows of a database, to be compared with those of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.schema import Schema


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table: for each the values, as texts, in the order of ``columns``."""

    columns: tuple[str, ...] = ()
    values: tuple[tuple[str, ...], ...] = ()

    def of(self, columns: Sequence[str]) -> Counter[tuple[str, ...]]:
        """How often each combination of values is in these columns."""
        places = [self.columns.index(each) for each in columns if each in self.columns]
        return Counter(tuple(row[place] for place in places) for row in self.values)


Contents: TypeAlias = "Mapping[str, Rows]"


def contents(connection: Connection, schema: Schema) -> dict[str, Rows]:
    """The rows of the tables of ``schema``, which the connection is to."""
    found = {}
    for table in schema.tables:
        columns: list[sa.ColumnClause[Any]] = [sa.column(each.name) for each in table.columns]
        source = sa.table(table.name.name, *columns, schema=table.name.schema)
        rows = connection.execute(sa.select(*columns).select_from(source)).all() if columns else ()
        found[str(table.name)] = Rows(
            tuple(column.name for column in columns),
            tuple(tuple(map(repr, row)) for row in rows),
        )
    return found


def unlike(one: Contents, other: Contents, again: Contents | None = None) -> list[str]:
    """The tables whose rows differ.

    ``again`` is what a second run made that did the same as the first: the columns that differ
    there, of random values and of the time of day, do not count.
    """
    found = []
    for table in sorted({*one, *other}):
        mine, theirs = one.get(table, Rows()), other.get(table, Rows())
        second = mine if again is None else again.get(table, Rows())
        settled = [each for each in mine.columns if mine.of([each]) == second.of([each])]
        if mine.of(settled) != theirs.of(settled):
            found.append(table)
    return found
