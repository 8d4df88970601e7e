"""A table that the database refuses, described without the parts that it refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.exc import DBAPIError

from flaskmig.errors import OperationError
from flaskmig.schema import Check, Column, Constraint, Exclude, Index, Table, describe_constraint

Ask = Callable[[Table], Table]
Refused = (OperationError, DBAPIError)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a table has SQL text of its own, and can be there or not."""

    item: Column | Check | Exclude | Index

    def described(self, *, hidden: str) -> str:
        """The part for people; names that begin with ``hidden`` are none."""
        item = self.item
        match item:
            case Column():
                return f"column {item.name}"
            case Index():
                return f"index {item.name}"
            case Check() | Exclude():
                marked = item.name is not None and item.name.startswith(hidden)
                return describe_constraint(replace(item, name=None) if marked else item)

    def put_into(self, table: Table) -> Table:
        """The table with this part, in the place of what is there of it."""
        item = self.item
        match item:
            case Column():
                columns = (item if each.name == item.name else each for each in table.columns)
                return replace(table, columns=tuple(columns))
            case Index():
                others = (each for each in table.indexes if each.name != item.name)
                return replace(table, indexes=(*others, item))
            case Check() | Exclude():
                rest = (each for each in table.constraints if each.name != item.name)
                return replace(table, constraints=(*rest, item))


@dataclass(frozen=True, slots=True)
class Described:
    """A table with the database's words for all but the refused parts, which have their own."""

    table: Table
    refused: tuple[tuple[Part, Exception], ...]


def describe_piecewise(table: Table, ask: Ask) -> Described:
    """Describe a table, all constraints of which have names, that ``ask`` raises for.

    Raises what ``ask`` does where it is not for a part: of a table without any it raises too.
    """
    plain = _plain(table)
    ask(plain)
    refused = tuple(_refused(plain, list(_parts(table)), ask))
    left_out = {part for part, _ in refused}
    described = ask(_with(plain, (part for part in _parts(table) if part not in left_out)))
    return Described(_with(described, left_out), refused)


def _refused(plain: Table, parts: Sequence[Part], ask: Ask) -> Iterator[tuple[Part, Exception]]:
    """The parts that cannot be, each with the reason; found by halves, as they are few."""
    if not parts:
        return
    try:
        ask(_with(plain, parts))
    except Refused as error:
        if len(parts) == 1:
            yield parts[0], error
            return
        middle = len(parts) // 2
        yield from _refused(plain, parts[:middle], ask)
        yield from _refused(plain, parts[middle:], ask)


def _parts(table: Table) -> Iterator[Part]:
    for column in table.columns:
        if column.default is not None or column.generated is not None:
            yield Part(column)
    for constraint in table.constraints:
        if isinstance(constraint, Check | Exclude):
            yield Part(constraint)
    yield from map(Part, table.indexes)


def _plain(table: Table) -> Table:
    columns = (replace(each, default=None, generated=None) for each in table.columns)
    return replace(
        table,
        columns=tuple(columns),
        constraints=tuple(filter(_is_key, table.constraints)),
        indexes=(),
    )


def _is_key(constraint: Constraint) -> bool:
    return not isinstance(constraint, Check | Exclude)


def _with(table: Table, parts: Iterable[Part]) -> Table:
    for part in parts:
        table = part.put_into(table)
    return table
