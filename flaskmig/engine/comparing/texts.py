"""What operations wait for because of the names in their expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    CreateFunction,
    CreateIndex,
    CreateTable,
    CreateTrigger,
    CreateView,
    DropColumn,
    DropConstraint,
    DropFunction,
    DropIndex,
    DropTable,
    DropTrigger,
    DropView,
    Operation,
    ReplaceFunction,
)
from flaskmig.operations.mentions import calls_mentioned
from flaskmig.schema import Check, Column, Exclude, QualifiedName, Table

Texts: TypeAlias = "tuple[str | None, ...]"


def around_texts(operations: Sequence[Operation]) -> Iterator[tuple[int, int]]:
    """Pairs of places: the first operation has to run before the second."""
    yield from _around_enums(operations)
    yield from _around_functions(operations)


def _around_enums(operations: Sequence[Operation]) -> Iterator[tuple[int, int]]:
    """Which operation runs before which because of an enum type whose values go or come."""
    enums = [(i, op) for i, op in enumerate(operations) if isinstance(op, AlterEnum)]
    if not enums:
        return
    for index, operation in enumerate(operations):
        for enum_index, enum in enums:
            match operation:
                case AlterColumn(before=before, after=after) if keeps_enum(operation, enum):
                    if mentions_value((after.default,), enum.added):
                        yield enum_index, index
                    elif mentions_value((before.default,), enum.removed):
                        yield index, enum_index
                case DropConstraint() | DropIndex():
                    if mentions_value(_expressions(operation), enum.removed):
                        yield index, enum_index
                case AddConstraint() | CreateIndex():
                    if mentions_value(_expressions(operation), enum.added):
                        yield enum_index, index
                # They may stand on columns of the type, which is made anew.
                case DropView() | DropTrigger() if not enum.only_adds:
                    yield index, enum_index
                case CreateView() | CreateTrigger() if not enum.only_adds:
                    yield enum_index, index
                case _:
                    pass


def keeps_enum(operation: AlterColumn, enum: AlterEnum) -> bool:
    """Whether the column is of the enum type before and after."""
    types = (operation.before.type, operation.after.type)
    return all(type_.enum == enum.after.name for type_ in types)


def mentions_value(texts: Iterable[str | None], values: Sequence[str]) -> bool:
    """Whether a text names one of the values."""
    return any(value in text for text in texts if text for value in values)


def _around_functions(operations: Sequence[Operation]) -> Iterator[tuple[int, int]]:
    """Which operation on a table runs before or after which on a function that it calls."""
    made: dict[QualifiedName, int] = {}
    gone: dict[QualifiedName, int] = {}
    for index, operation in enumerate(operations):
        match operation:
            case CreateFunction(function=function) | ReplaceFunction(after=function):
                made[function.name] = index
            case DropFunction(function=function):
                gone[function.name] = index
            case _:
                pass
    if not made and not gone:
        return
    for index, operation in enumerate(operations):
        before, after = _texts(operation)
        yield from ((made[name], index) for name in _calls(after) & made.keys())
        yield from ((index, gone[name]) for name in _calls(before) & gone.keys())


def _calls(texts: Texts) -> frozenset[QualifiedName]:
    return frozenset[QualifiedName]().union(*(calls_mentioned(text) for text in texts if text))


def _texts(operation: Operation) -> tuple[Texts, Texts]:
    """The expressions that the operation takes away, and those that it brings."""
    match operation:
        case CreateTable(table=table):
            return (), _of_table(table)
        case DropTable(table=table):
            return _of_table(table), ()
        case AddColumn(column=column):
            return (), _of_column(column)
        case DropColumn(column=column):
            return _of_column(column), ()
        case AlterColumn(before=before, after=after):
            return _of_column(before), _of_column(after)
        case AddConstraint() | CreateIndex():
            return (), _expressions(operation)
        case DropConstraint() | DropIndex():
            return _expressions(operation), ()
        case _:
            return (), ()


def _of_table(table: Table) -> Texts:
    return (*(column.default for column in table.columns), *table.expressions)


def _of_column(column: Column) -> Texts:
    return (column.default, column.generated.expression if column.generated else None)


def _expressions(operation: DropConstraint | AddConstraint | DropIndex | CreateIndex) -> Texts:
    match operation:
        case DropIndex(index=index) | CreateIndex(index=index):
            return (index.where, *(part.expression for part in index.parts))
        case DropConstraint(constraint=constraint) | AddConstraint(constraint=constraint):
            match constraint:
                case Check():
                    return (constraint.expression,)
                case Exclude():
                    return (constraint.where, *(e.expression for e in constraint.elements))
                case _:
                    return ()
