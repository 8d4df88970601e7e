"""What two schemas may differ in by spelling alone, table by table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from flaskmig.engine.comparing.expressions import names_in
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
from flaskmig.schema import Check, Exclude, PrimaryKey, QualifiedName, Table, constraint_columns

_SPELLED = frozenset({"type", "default", "generated", "collation"})


@dataclass(slots=True)
class Dispute:
    """The parts of a table whose expressions or types may be the same after all.

    What only comes or only goes is not in dispute, nor is what has no text of its own. A column
    that goes and comes back is one whose generated expression differs.
    """

    columns: set[str] = field(default_factory=set)
    added: set[str | type] = field(default_factory=set)
    dropped: set[str | type] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.columns or self.added & self.dropped)

    def part_of(self, table: Table) -> Table:
        """The table with what is disputed, and the columns that this names.

        One with options of its own stays whole: they may need any of its columns.
        """
        if table.settings.options:
            return table
        both = self.added & self.dropped
        columns = self.columns | {name for name in both if isinstance(name, str)}
        kept = replace(
            table,
            columns=tuple(each for each in table.columns if each.name in columns),
            constraints=tuple(
                each
                for each in table.constraints
                if isinstance(each, PrimaryKey) or type(each) in both
            ),
            indexes=table.indexes if CreateIndex in both else (),
        )
        columns = columns.union(*map(constraint_columns, kept.constraints))
        columns = columns.union(*(index.columns for index in kept.indexes))
        all_names = [each.name for each in table.columns]
        columns = columns.union(*(names_in(text, all_names) for text in kept.expressions))
        return replace(kept, columns=tuple(c for c in table.columns if c.name in columns))


def disputes_in(operations: Iterable[Operation]) -> dict[QualifiedName, Dispute]:
    """What is in dispute of each table, where something is."""
    found: dict[QualifiedName, Dispute] = {}

    def of(table: QualifiedName) -> Dispute:
        return found.setdefault(table, Dispute())

    for operation in operations:
        match operation:
            case AlterColumn():
                if _SPELLED & set(operation.changed):
                    of(operation.table).columns.add(operation.before.name)
            case AddColumn():
                of(operation.table).added.add(operation.column.name)
            case DropColumn():
                of(operation.table).dropped.add(operation.column.name)
            case AddConstraint(constraint=Check() | Exclude()):
                of(operation.table).added.add(type(operation.constraint))
            case DropConstraint(constraint=Check() | Exclude()):
                of(operation.table).dropped.add(type(operation.constraint))
            case CreateIndex():
                of(operation.table).added.add(CreateIndex)
            case DropIndex():
                of(operation.table).dropped.add(CreateIndex)
            case _:
                pass
    return {table: dispute for table, dispute in found.items() if dispute}
