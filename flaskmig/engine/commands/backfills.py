"""Values for rows that would have none: given, asked for, or missed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from flaskmig.dialects.base import Hazard
from flaskmig.engine.commands.rows import Rows
from flaskmig.errors import ConfigurationError
from flaskmig.operations import AddColumn, AlterColumn, DropColumn, Operation
from flaskmig.operations.columns import is_required, is_row_number

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.detecting.differences import Diff
    from flaskmig.schema import Schema

FITS_NOTHING = "is for no column that is added, dropped or becomes NOT NULL"

Filled: TypeAlias = AddColumn | AlterColumn | DropColumn


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingValue:
    """A column, as ``users.age``, that rows must have a value for and have none.

    ``is_added`` tells a new column from one that becomes NOT NULL, ``in_key`` whether it is in
    the primary key.
    """

    column: str
    why: str
    is_added: bool
    in_key: bool

    def __str__(self) -> str:
        return f"{self.column} {self.why}"


# Answers with an SQL expression, or with None where there is no answer.
Fill: TypeAlias = Callable[[MissingValue], "str | None"]


def parse(texts: Sequence[str]) -> dict[str, str]:
    """Columns and their SQL from words such as ``users.age=0``; raises ConfigurationError."""
    return dict(map(_parse, texts))


def _parse(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals or "." not in column or not value.strip():
        raise ConfigurationError(
            f"--backfill {text} is not TABLE.COLUMN=SQL",
            hint="--backfill users.age=0, or --backfill \"users.kind='plain'\"",
        )
    return column.strip(), value.strip()


def may_be_filled(operation: Operation) -> TypeGuard[Filled]:
    """Whether rows may be given a value together with it, or with its reverse."""
    match operation:
        case AddColumn():
            return operation.column.generated is None
        case DropColumn():
            return is_required(operation.column)
        case AlterColumn():
            return operation.before.nullable != operation.after.nullable
        case _:
            return False


def column_of(operation: Filled) -> str:
    """The column as ``users.age``."""
    column = operation.after if isinstance(operation, AlterColumn) else operation.column
    return f"{operation.table}.{column.name}"


def fillable(operations: Iterable[Operation]) -> frozenset[str]:
    """The columns that values may be given for, as ``users.age``."""
    return frozenset(column_of(each) for each in operations if may_be_filled(each))


def filled(operations: Sequence[Operation], values: Mapping[str, str]) -> Iterator[Operation]:
    """The operations with the values that were given for their columns."""
    for operation in operations:
        if may_be_filled(operation) and column_of(operation) in values:
            yield replace(operation, backfill=values[column_of(operation)])
        else:
            yield operation


def with_values(
    found: Diff, connection: Connection, fill: Fill | None, given: Collection[str] = ()
) -> Diff:
    """The difference with the values that ``fill`` gives for rows that have none.

    ``given`` are the columns that a value was named for. Raises ConfigurationError where values
    are missing after that; all are named at once, and what was given for no such column.
    """
    missed = list(_missed(found, Rows(connection, found.operations)))
    answers = {each.column: fill(each) for each in missed} if fill is not None else {}
    values = {column: value for column, value in answers.items() if value}
    left = [each for each in missed if each.column not in values]
    if left:
        raise _refusal(left, sorted({*given} - fillable(found.operations)))
    return replace(found, operations=tuple(filled(found.operations, values)))


def _missed(found: Diff, rows: Rows) -> Iterator[MissingValue]:
    for operation in found.operations:
        match operation:
            case AddColumn(column=column) if _needs_value(operation, found.desired):
                if not rows.may_be_in(operation.table):
                    continue
                why = f"is NOT NULL without a default, and {operation.table} has rows"
            case AlterColumn(after=column) if _loses_nulls(operation):
                if not rows.may_lack(operation):
                    continue
                why = "becomes NOT NULL, and there are rows without a value for it"
            case _:
                continue
        key = found.desired.table(operation.table).primary_key
        yield MissingValue(
            column=column_of(operation),
            why=why,
            is_added=isinstance(operation, AddColumn),
            in_key=key is not None and column.name in key.columns,
        )


def _refusal(missed: Sequence[MissingValue], unused: Sequence[str]) -> ConfigurationError:
    flags = " ".join(f"--backfill {each.column}=…" for each in missed)
    ways = [f"give the rows a value with {flags}"]
    if any(each.is_added for each in missed):
        ways.append("or the model's column a server_default")
    if not any(each.in_key for each in missed):
        ways.append("or make it nullable" if len(missed) == 1 else "or make them nullable")
    said = [*map(str, missed), *(f"--backfill {column} {FITS_NOTHING}" for column in unused)]
    return ConfigurationError("\n".join(said), hint=", ".join(ways))


def risks(found: Diff, connection: Connection) -> tuple[Hazard, ...]:
    """What the rows here, or those of other databases, may make of the revision."""
    rows = Rows(connection, found.operations)
    return (*_elsewhere(found), *irreversible(found), *rows.duplicates())


def _elsewhere(found: Diff) -> Iterator[Hazard]:
    """NOT NULL columns that can be added here, because their tables are empty here."""
    for operation in found.operations:
        if isinstance(operation, AddColumn) and _needs_value(operation, found.desired):
            column = column_of(operation)
            yield Hazard(
                code="needs-value",
                message=f"{operation.table} is empty here; where it has rows the revision stops, "
                f"because {column} is NOT NULL without a default",
                instead=f"--backfill {column}=… gives those rows a value",
            )


def irreversible(found: Diff) -> Iterator[Hazard]:
    """NOT NULL columns that are dropped and cannot come back to a table with rows."""
    for operation in found.operations:
        if isinstance(operation, DropColumn) and _needs_value(operation.reverse(), found.current):
            column = column_of(operation)
            yield Hazard(
                code="irreversible",
                message=f"downgrade() stops where {operation.table} has rows: {column} is "
                "NOT NULL, and nothing says what they get",
                instead=f"--backfill {column}=… says it",
            )


def _needs_value(operation: AddColumn, schema: Schema) -> bool:
    """Whether rows need a value for the column; ``schema`` is the one that has it."""
    table = schema.find_table(operation.table)
    key = table.primary_key if table is not None else None
    return operation.needs_value and not is_row_number(operation.column, key)


def _loses_nulls(operation: AlterColumn) -> bool:
    return (
        operation.becomes_required
        and operation.backfill is None
        and operation.after.generated is None
    )
