"""`Outline`: what a table is, cheaply, so that most tables need not be read in full."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from flaskmig.schema.columns import Column
from flaskmig.schema.constraints import Check, Constraint, ForeignKey, PrimaryKey, Unique
from flaskmig.schema.indexes import Index, IndexPart
from flaskmig.schema.names import QualifiedName
from flaskmig.schema.tables import Settings, Table


class KeyOutline(NamedTuple):
    """A primary key ("p"), a unique key ("u") or a foreign key ("f"), with its plain fields."""

    kind: Literal["p", "u", "f"]
    name: str | None
    columns: tuple[str, ...]
    target: QualifiedName | None = None
    target_columns: tuple[str, ...] = ()
    on_update: str | None = None
    on_delete: str | None = None
    match: Literal["FULL", "PARTIAL"] | None = None
    deferrable: bool = False
    initially_deferred: bool = False


class CheckOutline(NamedTuple):
    name: str | None
    expression: str


class IndexOutline(NamedTuple):
    """An index on plain columns, each in the usual order."""

    name: str
    unique: bool
    columns: tuple[str, ...]


class Outline(NamedTuple):
    """A table of which an outline says all that a comparison looks at.

    There is none of a table with anything else: options, generated columns, an index on an
    expression and so on. ``columns`` are their names, and ``facts`` has for each a value that
    stands for all that is said of it but its name and its comment; only who made the outline
    knows what it stands for. ``comments`` are those that are not empty, by the name of the
    column, "" for the table's own. Keys, checks and indexes are in no particular order.
    """

    name: QualifiedName
    columns: tuple[str, ...]
    facts: tuple[Hashable, ...]
    keys: tuple[KeyOutline, ...] = ()
    checks: tuple[CheckOutline, ...] = ()
    indexes: tuple[IndexOutline, ...] = ()
    comments: Mapping[str, str] = {}

    def table(self, column: Callable[[Hashable], Column]) -> Table:
        """The table; ``column`` tells what stands for a column, whose name does not matter."""
        comments = self.comments
        return Table(
            name=self.name,
            columns=tuple(
                replace(column(facts), name=name, comment=comments.get(name))
                for name, facts in zip(self.columns, self.facts, strict=True)
            ),
            constraints=(
                *map(_key, self.keys),
                *(Check(name=check.name, expression=check.expression) for check in self.checks),
            ),
            indexes=tuple(map(_index, self.indexes)),
            settings=Settings(comment=comments.get("")),
        )


def _key(key: KeyOutline) -> Constraint:
    if key.kind == "p":
        return PrimaryKey(columns=key.columns, name=key.name)
    if key.kind == "u":
        return Unique(columns=key.columns, name=key.name)
    assert key.target is not None
    return ForeignKey(
        columns=key.columns,
        target=key.target,
        target_columns=key.target_columns,
        name=key.name,
        on_update=key.on_update,
        on_delete=key.on_delete,
        match=key.match,
        deferrable=key.deferrable,
        initially_deferred=key.initially_deferred,
    )


def _index(index: IndexOutline) -> Index:
    return Index(
        name=index.name,
        unique=index.unique,
        parts=tuple(IndexPart(column=column) for column in index.columns),
    )
