"""What is there before an operation: read from the database when asked, or carried forward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from flaskmig.errors import ObjectNotFoundError, OperationError
from flaskmig.operations import (
    AlterEnum,
    AlterExtension,
    CreateEnum,
    CreateExtension,
    CreateFunction,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateTrigger,
    CreateView,
    DropEnum,
    DropExtension,
    DropFunction,
    DropSchema,
    DropSequence,
    DropTable,
    DropTrigger,
    DropView,
    Operation,
    RenameEnum,
    RenameEnumValue,
    RenameSequence,
    RenameTable,
    ReplaceFunction,
    ReplaceTrigger,
    ReplaceView,
    RunSQL,
)
from flaskmig.operations.sequences import AlterSequence
from flaskmig.schema import Enum, QualifiedName, Table, Trigger, View
from flaskmig.schema import Sequence as SequenceObject

if TYPE_CHECKING:
    from flaskmig.dialects.base import Before


class NotPlannedError(OperationError):
    """A plan without a database cannot know what this needs."""


class Carried(Protocol):
    """What `Dialect.statements` takes as ``before``, kept up to date while operations run."""

    def find_table(self, name: QualifiedName) -> Table | None: ...

    def find_enum(self, name: QualifiedName) -> Enum | None: ...

    def find_sequence(self, name: QualifiedName) -> SequenceObject | None: ...

    def table(self, name: QualifiedName) -> Table: ...

    def tables_using(self, enum: QualifiedName) -> Sequence[Table]: ...

    def find_view(self, name: QualifiedName) -> View | None: ...

    def views_reading(self, relation: QualifiedName) -> Sequence[View]: ...

    def triggers_of(self, table: QualifiedName) -> Sequence[Trigger]: ...

    def supposing(self, operations: Sequence[Operation]) -> Before:
        """What to give a dialect as ``before`` these operations."""
        ...

    def known_table(self, name: QualifiedName) -> Table | None:
        """The table, where it is known without asking the database."""
        ...

    def table_of_index(self, index: str, schema: str | None) -> Table | None:
        """The table that has an index of that name."""
        ...

    def has_schema(self, name: str) -> bool:
        """Whether there is a schema, in the sense of a namespace, of that name."""
        ...

    def apply(self, operations: Sequence[Operation]) -> None:
        """The operations were carried out."""
        ...

    def assume(self, table: Table) -> None:
        """A revision file says what the table is like; only where it is not known, it counts."""
        ...

    def forget(self, names: Iterable[str] | None = None) -> None:
        """SQL that the model does not follow touched the tables of these names, None for any."""
        ...


def table_of(operation: Operation) -> QualifiedName | None:
    """The one table that an operation changes; None where it is about something else."""
    match operation:
        case CreateTable() | DropTable():
            return operation.table.name
        case RenameTable():
            return operation.before
        case CreateSchema() | DropSchema() | RunSQL():
            return None
        case CreateEnum() | DropEnum() | RenameEnum() | AlterEnum() | RenameEnumValue():
            return None
        case CreateSequence() | DropSequence() | RenameSequence() | AlterSequence():
            return None
        case CreateView() | DropView() | ReplaceView():
            return None
        case CreateFunction() | DropFunction() | ReplaceFunction():
            return None
        case CreateTrigger() | DropTrigger() | ReplaceTrigger():
            return None
        case CreateExtension() | DropExtension() | AlterExtension():
            return None
        case _:
            return operation.table


def required(name: QualifiedName, found: Table | None) -> Table:
    """The table that was looked for; raises ObjectNotFoundError where it was not found."""
    if found is None:
        raise ObjectNotFoundError(f"there is no table {name}")
    return found


def has_index(table: Table, index: str, schema: str | None) -> bool:
    """Whether the table lives in that schema and has an index of that name."""
    return table.name.schema == schema and any(found.name == index for found in table.indexes)
