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
from flaskmig.engine.detecting.piecewise import Refused, describe_piecewise
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
from flaskmig.schema import (
    Check,
    Column,
    Exclude,
    ForeignKey,
    QualifiedName,
    Schema,
    Table,
    Type,
)

_SPELLED = frozenset({"type", "default", "generated", "collation"})
_MARK = "flaskmig_"


@dataclass(slots=True)
class Settler:
    """Asks the database how it would describe tables; each at most twice.

    What could not be put to it stands as the texts have it, and ``notes`` say what, and why.
    """

    dialect: Dialect
    connection: Connection | None
    equivalent: Equivalent
    asked: set[QualifiedName] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=count)
    _refused: dict[str, list[str]] = field(default_factory=dict)
    _closed: Exception | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """A line for each reason, with all that is not comparable for it."""
        return tuple(
            f"not comparable, so compared as texts: {', '.join(what)}: {why}"
            for why, what in self._refused.items()
        )

    def settle(self, current: Schema, desired: Schema) -> Schema:
        """The desired schema, with the current text for what is only spelled otherwise.

        What the database describes it may describe otherwise when it reads its own words again
        (PostgreSQL does, for lists of strings). So what still differs then is put to it once
        more, on both sides.
        """
        names = self._disputed(current, desired) - self.asked
        self.asked |= names
        spelled = {name: Spellings(asked=self._marked(desired.table(name))) for name in names}
        self._describe(spelled.values(), desired)
        desired = _adopted(current, desired, spelled)
        names &= self._disputed(current, desired)
        again = [spelled[name] for name in names if spelled[name].described]
        self._describe(again, desired)
        present = {name: Spellings(asked=self._marked(current.table(name))) for name in names}
        self._describe(present.values(), current)
        return _adopted(current, desired, {n: spelled[n] for n in names}, present)

    def _disputed(self, current: Schema, desired: Schema) -> set[QualifiedName]:
        found = set(_disputed(compare(current, desired, equivalent=self.equivalent)))
        # An index may be one of a materialized view, which is asked about elsewhere.
        return {name for name in found if desired.find_table(name) is not None}

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

    def _describe(self, tables: Iterable[Spellings], schema: Schema) -> None:
        """Add to each the description of what it has last."""
        wanted = list(tables)
        if not wanted:
            return
        if self._closed is not None:
            for each in wanted:
                self._refuse(f"table {each.asked.name}", self._closed)
            return
        latest = [each.latest for each in wanted]
        try:
            found = self._ask(latest, schema)
        except Refused as error:
            if not self._answers():
                self._closed = error
                self._describe(wanted, schema)
            elif len(wanted) > 1:
                for each in wanted:
                    self._describe([each], schema)
            else:
                self._describe_piecewise(wanted[0], schema)
            return
        described = {table.name: table for table in found}
        for each in wanted:
            if each.asked.name in described:
                each.described.append(described[each.asked.name])

    def _describe_piecewise(self, spelled: Spellings, schema: Schema) -> None:
        """One bad expression of a table must not make the others of it differ."""
        table = spelled.latest
        try:
            found = describe_piecewise(table, lambda asked: self._ask([asked], schema)[0])
        except Refused as error:
            self._refuse(f"table {table.name}", error)
            return
        spelled.described.append(found.table)
        for part, reason in found.refused:
            self._refuse(f"{part.described(hidden=_MARK)} of {table.name}", reason)

    def _ask(self, tables: list[Table], schema: Schema) -> list[Table]:
        used = {column.type.enum for table in tables for column in table.columns}
        enums = [enum for enum in schema.enums if enum.name in used]
        return self.dialect.normalize(self.connection, tables, enums=enums)

    def _answers(self) -> bool:
        """Whether the database would describe any table at all to this connection."""
        column = Column(name="a", type=Type(sql="integer"))
        try:
            self._ask([Table(name=QualifiedName(f"{_MARK}any"), columns=(column,))], Schema())
        except Refused:
            return False
        return True

    def _refuse(self, what: str, error: Exception) -> None:
        why = _reason(error)
        known = self._refused.setdefault(why, [])
        if what not in known:
            known.append(what)


def _reason(error: Exception) -> str:
    """What the database said, where it said something, else what was said for it."""
    said: BaseException | None = error.__cause__ if isinstance(error, OperationError) else error
    if isinstance(said, DBAPIError):
        return str(said.orig).strip().partition("\n")[0]
    return " ".join(str(error).split())


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
