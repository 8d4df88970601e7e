"""Spelling the desired side as the database would: what differs in spelling only differs no more.

Cheap and sound rules first, then the database itself, asked about the disputed tables only. What
differs after all keeps the text that the models have: people read it in revision files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.base import Dialect
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.matching import Equivalent
from flaskmig.engine.comparing.spellings import Spellings, adopt
from flaskmig.errors import OperationError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropIndex,
    Operation,
)
from flaskmig.schema import Check, Exclude, ForeignKey, QualifiedName, Schema, Table

_SPELLED = frozenset({"type", "default", "generated", "collation"})
_MARK = "flaskmig_"


@dataclass(slots=True)
class Settler:
    """Asks the database how it would describe tables; each at most twice.

    ``notes`` say which tables could not be put to it, and why: their differences stand as the
    texts have them.
    """

    dialect: Dialect
    connection: Connection | None
    equivalent: Equivalent
    notes: list[str] = field(default_factory=list)
    asked: set[QualifiedName] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=count)

    def settle(self, current: Schema, desired: Schema) -> Schema:
        """The desired schema, with the current text for what is only spelled otherwise.

        What the database describes it may describe otherwise when it reads its own words again
        (PostgreSQL does, for lists of strings). So what still differs then is put to it once
        more, on both sides.
        """
        if self.connection is None:
            return desired
        names = self._disputed(current, desired) - self.asked
        self.asked |= names
        spelled = {name: Spellings(asked=self._marked(desired.table(name))) for name in names}
        self._describe(self.connection, spelled.values(), desired)
        desired = _adopted(current, desired, spelled)
        names &= self._disputed(current, desired)
        again = [spelled[name] for name in names if spelled[name].described]
        self._describe(self.connection, again, desired)
        present = {name: Spellings(asked=self._marked(current.table(name))) for name in names}
        self._describe(self.connection, present.values(), current)
        return _adopted(current, desired, {n: spelled[n] for n in names}, present)

    def _disputed(self, current: Schema, desired: Schema) -> set[QualifiedName]:
        return set(_disputed(compare(current, desired, equivalent=self.equivalent)))

    def _marked(self, table: Table) -> Table:
        """The table with names for all constraints, so that each is known again.

        Without foreign keys, which are compared by value.
        """
        constraints = (
            replace(c, name=f"{_MARK}{next(self._numbers)}") if c.name is None else c
            for c in table.constraints
            if not isinstance(c, ForeignKey)
        )
        return replace(table, constraints=tuple(constraints))

    def _describe(
        self, connection: Connection, tables: Iterable[Spellings], schema: Schema
    ) -> None:
        """Add to each the description of what it has last."""
        wanted = list(tables)
        if not wanted:
            return
        latest = [each.latest for each in wanted]
        used = {column.type.enum for table in latest for column in table.columns}
        enums = [enum for enum in schema.enums if enum.name in used]
        try:
            found = self.dialect.normalize(connection, latest, enums=enums)
        except (OperationError, DBAPIError) as error:
            if len(wanted) == 1:
                self.notes.append(_reason(latest[0], error))
                return
            for each in wanted:
                self._describe(connection, [each], schema)
            return
        described = {table.name: table for table in found}
        for each in wanted:
            if each.asked.name in described:
                each.described.append(described[each.asked.name])


def _adopted(
    current: Schema,
    desired: Schema,
    spelled: dict[QualifiedName, Spellings],
    present: dict[QualifiedName, Spellings] | None = None,
) -> Schema:
    return desired.with_tables(
        adopt(
            current.table(table.name),
            table,
            spelled[table.name],
            (present or {}).get(table.name),
        )
        if table.name in spelled
        else table
        for table in desired.tables
    )


def _reason(table: Table, error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return f"table {table.name} is compared by its text only: {' '.join(str(cause).split())}"


def _disputed(operations: Sequence[Operation]) -> Iterator[QualifiedName]:
    """The tables on both sides whose expressions or types may be the same after all.

    What only comes or only goes is not in dispute, nor is what has no text of its own. A column
    that goes and comes back is one whose generated expression differs.
    """
    added: set[tuple[QualifiedName, type | str]] = set()
    dropped: set[tuple[QualifiedName, type | str]] = set()
    for operation in operations:
        match operation:
            case AlterColumn():
                if _SPELLED & set(operation.changed):
                    yield operation.table
            case AddColumn():
                added.add((operation.table, operation.column.name))
            case DropColumn():
                dropped.add((operation.table, operation.column.name))
            case AddConstraint(constraint=Check() | Exclude()):
                added.add((operation.table, type(operation.constraint)))
            case DropConstraint(constraint=Check() | Exclude()):
                dropped.add((operation.table, type(operation.constraint)))
            case CreateIndex():
                added.add((operation.table, CreateIndex))
            case DropIndex():
                dropped.add((operation.table, CreateIndex))
            case _:
                pass
    yield from (table for table, _ in added & dropped)
