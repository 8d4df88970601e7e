"""What a batch block asks of the operations in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flaskmig.dialects.base import STAND_IN
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import AddConstraint, DropConstraint, Operation
from flaskmig.schema import Constraint, PrimaryKey, QualifiedName, Table

if TYPE_CHECKING:
    from flaskmig.dialects.base import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Whether the table may be rebuilt, and whether constraints take the place of others."""

    rebuilds: bool
    replaces: bool

    def in_place(
        self, operations: Sequence[Operation], table: Callable[[QualifiedName], Table]
    ) -> Iterator[Operation]:
        """The operations, and before a constraint the one whose place it takes."""
        for operation in operations:
            if self.replaces and isinstance(operation, AddConstraint):
                found = _in_the_place_of(operation.constraint, table(operation.table))
                if found == operation.constraint:
                    continue
                if found is not None:
                    yield DropConstraint(table=operation.table, constraint=found)
            yield operation

    def check(self, statements: Sequence[Statement], operations: Sequence[Operation]) -> None:
        """Raise UnsupportedOperationError where a table that must not be is rebuilt."""
        if self.rebuilds or not any(STAND_IN in statement.sql for statement in statements):
            return
        raise UnsupportedOperationError(
            f"the table has to be rebuilt for this, and recreate='never' says that it must not "
            f"be: {'; '.join(map(str, operations))}",
            hint="take recreate='never' out",
        )


def _in_the_place_of(constraint: Constraint, table: Table) -> Constraint | None:
    """The constraint of the table that cannot be there beside it: of its name, or the other key."""
    if isinstance(constraint, PrimaryKey):
        return table.primary_key
    named = (each for each in table.constraints if each.name is not None)
    return next((each for each in named if each.name == constraint.name), None)
