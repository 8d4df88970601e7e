"""Spelling the desired side as the database would: what differs in spelling only differs no more.

Cheap and sound rules first, then the database itself, asked about the disputed tables only. What
differs after all keeps the text that the models have: people read it in revision files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from flaskmig import sql
from flaskmig.dialects.base import Dialect
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.disputes import Dispute, disputes_in
from flaskmig.engine.comparing.literal_defaults import align_defaults
from flaskmig.engine.comparing.matching import Equivalent
from flaskmig.engine.comparing.spellings import Spellings, adopt
from flaskmig.engine.detecting.piecewise import Refused, describe_piecewise
from flaskmig.errors import OperationError
from flaskmig.operations import Operation
from flaskmig.schema import Column, ForeignKey, QualifiedName, Schema, Table, Type

_MARK = "flaskmig_"


def differences_spelled_alike(
    dialect: Dialect, connection: Connection | None, current: Schema, desired: Schema
) -> list[Operation]:
    """The operations that make ``desired`` of ``current``, less what is only spelled otherwise."""
    equivalent = partial(sql.equivalent, dialect=dialect.name)
    desired = align_defaults(current, desired, equivalent, dialect.spell_type)
    desired = Settler(dialect, connection, equivalent).settle(current, desired)
    return compare(current, desired, equivalent=equivalent)


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
        disputes = self._disputes(current, desired)
        names = disputes.keys() - self.asked
        self.asked |= names
        spelled = {name: self._asked(desired.table(name), disputes[name]) for name in names}
        self._describe(spelled.values(), desired)
        desired = _adopted(current, desired, spelled)
        names &= self._disputes(_only(current, names), _only(desired, names)).keys()
        again = [spelled[name] for name in names if spelled[name].described]
        self._describe(again, desired)
        present = {name: self._asked(current.table(name), disputes[name]) for name in names}
        self._describe(present.values(), current)
        return _adopted(current, desired, {n: spelled[n] for n in names}, present)

    def _disputes(self, current: Schema, desired: Schema) -> dict[QualifiedName, Dispute]:
        found = disputes_in(compare(current, desired, equivalent=self.equivalent))
        # An index may be one of a materialized view, which is asked about elsewhere.
        return {name: each for name, each in found.items() if desired.find_table(name) is not None}

    def _asked(self, table: Table, dispute: Dispute) -> Spellings:
        """The disputed part of a table, with names for its constraints: each is known again.

        Without foreign keys, which are compared by value.
        """
        constraints = (
            replace(c, name=f"{_MARK}{next(self._numbers)}") if c.name is None else c
            for c in table.constraints
            if not isinstance(c, ForeignKey)
        )
        return Spellings(asked=dispute.part_of(replace(table, constraints=tuple(constraints))))

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
                middle = len(wanted) // 2
                self._describe(wanted[:middle], schema)
                self._describe(wanted[middle:], schema)
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


def _only(schema: Schema, names: Collection[QualifiedName]) -> Schema:
    return Schema(tables=tuple(table for table in schema.tables if table.name in names))
