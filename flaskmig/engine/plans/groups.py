"""Which operations are one step of a file that Alembic runs as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from flaskmig.engine.migrating.carried import table_of
from flaskmig.operations import (
    CreateIndex,
    CreateTable,
    DropIndex,
    DropTable,
    Operation,
    RenameColumn,
    RenameTable,
)

if TYPE_CHECKING:
    from flaskmig.dialects.base import Dialect

# What is written one after the other: an operation by itself, or several on one table of SQLite.
Group: TypeAlias = list[Operation]


def groups_of(operations: Sequence[Operation], dialect: Dialect) -> Iterator[Group]:
    """The operations in their order, those that one batch block carries out together."""
    group: Group = []
    for operation in operations:
        if group and not _belongs(operation, group[-1], dialect):
            yield group
            group = []
        group.append(operation)
    if group:
        yield group


def _belongs(operation: Operation, before: Operation, dialect: Dialect) -> bool:
    """Whether an operation is carried out together with the one before it."""
    both = (operation, before)
    if not all(may_rebuild(each, dialect) for each in both):
        return False
    # A block knows a column by its old name to the end.
    renames = any(isinstance(each, RenameColumn) for each in both)
    return table_of(operation) == table_of(before) and not renames


def may_rebuild(operation: Operation, dialect: Dialect) -> bool:
    """Whether the operation may need a new table, and belongs together with others then."""
    own = isinstance(operation, CreateTable | DropTable | RenameTable | CreateIndex | DropIndex)
    return dialect.name == "sqlite" and not own and hasattr(operation, "table")
