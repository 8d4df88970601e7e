"""Operations to SQL on SQLite.

Operations on one table are gathered, across operations on other tables, and carried out
together: natively where ALTER TABLE can do them safely, by one rebuild where it cannot. What
cannot be moved past each other (raw SQL, renames of tables, a table that is made or dropped)
ends the gathering. Indexes go first when they are dropped and last when they are made, since
their names are shared by the whole database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flaskmig.dialects import losses
from flaskmig.dialects.base import Before, Hazard, Statement
from flaskmig.dialects.sqlite import triggers, views
from flaskmig.dialects.sqlite.change import Change, TableOperation
from flaskmig.dialects.sqlite.create_table import create_index, create_table, table_name
from flaskmig.dialects.sqlite.edit import edited, renamed
from flaskmig.dialects.sqlite.rebuild import foreign_keys_off
from flaskmig.dialects.sqlite.watch import Watch
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    AlterExtension,
    AlterSequence,
    AlterTable,
    CreateEnum,
    CreateExtension,
    CreateFunction,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateTrigger,
    CreateView,
    DropColumn,
    DropConstraint,
    DropEnum,
    DropExtension,
    DropFunction,
    DropIndex,
    DropSchema,
    DropSequence,
    DropTable,
    DropTrigger,
    DropView,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameEnum,
    RenameEnumValue,
    RenameIndex,
    RenameSequence,
    RenameTable,
    ReorderColumns,
    ReplaceFunction,
    ReplaceTrigger,
    ReplaceView,
    RunSQL,
)
from flaskmig.schema import QualifiedName, Schema, Table, Trigger
from flaskmig.sql import folded, quote, rename

_OF_POSTGRESQL = 'limit it to PostgreSQL with dialects=("postgresql",)'
_WITHOUT_ENUMS = (
    "leave the call out and write the columns' type as sa.Enum(…, name=…): that is a string here, "
    "and PostgreSQL makes the type with the table"
)


def statements(operations: Sequence[Operation], before: Before) -> list[Statement]:
    """The SQL that carries out the operations, in an order that comes to the same.

    ``before`` must be what the database has now, stored texts and triggers included, or the
    guards of a rebuild stop it. Raises UnsupportedOperationError for what SQLite cannot do.
    """
    planner = _planned(operations, before)
    planner.carry_out()
    return planner.done


def stored(operations: Sequence[Operation], before: Before) -> list[Table]:
    """The tables that the operations are about, with the texts and triggers they leave there."""
    planner = _planned(operations, before)
    planner.flush()
    return list(planner.schema.tables)


def _planned(operations: Sequence[Operation], before: Before) -> _Planner:
    planner = _Planner(schema=_mentioned(operations, before), before=before)
    for operation in operations:
        planner.add(operation)
    return planner


def _mentioned(operations: Sequence[Operation], before: Before) -> Schema:
    names: dict[QualifiedName, None] = {}
    for operation in operations:
        match operation:
            case CreateTable(table=table) | DropTable(table=table):
                names[table.name] = None
            case CreateTrigger(trigger=trigger) | DropTrigger(trigger=trigger):
                names[trigger.table] = None
            case ReplaceTrigger(after=trigger):
                names[trigger.table] = None
            case RenameTable(before=old, after=new):
                names.update({old: None, new: None})
            case _:
                name = getattr(operation, "table", None)
                if isinstance(name, QualifiedName):
                    names[name] = None
    found = (before.find_table(name) for name in names)
    return Schema(tables=tuple(table for table in found if table is not None))


@dataclass(slots=True)
class _Planner:
    """``schema`` is as after the operations so far; ``pending`` what is not yet in ``done``.

    ``changes`` are those of what is pending, by the tables as they are called before.
    """

    schema: Schema
    before: Before
    done: list[Statement] = field(default_factory=list)
    pending: list[Change | list[Statement]] = field(default_factory=list)
    changes: dict[QualifiedName, Change] = field(default_factory=dict)
    seen: list[triggers.TriggerOperation] = field(default_factory=list)

    def add(self, operation: Operation) -> None:
        match operation:
            case CreateTable():
                self.settle(operation.table.name)
                self.pending.append(_create(operation.table))
                self.schema = operation.apply(self.schema)
            case DropTable():
                self.settle(operation.table.name)
                self.schema = operation.apply(self.schema)
                self.pending.append(_drop(operation.table))
            case RenameTable():
                self.flush()
                known = self.schema.find_table(operation.before)
                following = operation.following(known) if known is not None else ()
                alone = replace(operation, default_names=False)
                self.done += _rename(alone)
                self.rename_table(alone)
                for each in following:
                    self.change(each)
            case RunSQL():
                self.flush()
                self.done.append(Statement(sql=operation.sql))
            case (
                AddColumn()
                | DropColumn()
                | AlterColumn()
                | RenameColumn()
                | ReorderColumns()
                | AddConstraint()
                | DropConstraint()
                | RenameConstraint()
                | CreateIndex()
                | DropIndex()
                | RenameIndex()
                | AlterTable()
            ):
                self.change(operation)
            case CreateEnum() | DropEnum() | RenameEnum() | AlterEnum() | RenameEnumValue():
                raise _unsupported(operation, "enum types", _WITHOUT_ENUMS)
            case CreateSequence() | DropSequence() | RenameSequence() | AlterSequence():
                raise _unsupported(operation, "sequences", "use an INTEGER PRIMARY KEY")
            case CreateSchema() | DropSchema():
                raise _unsupported(operation, "schemas", "give the tables no schema")
            case CreateView() | DropView() | ReplaceView():
                self.flush()
                self.done += views.statements(operation, self.triggers_of(operation))
            case CreateTrigger() | DropTrigger() | ReplaceTrigger():
                self.flush()
                self.done += triggers.statements(operation)
                self.schema = triggers.carried(operation, self.schema)
                self.seen.append(operation)
            case CreateFunction() | DropFunction() | ReplaceFunction():
                raise _unsupported(operation, "functions of its own", _OF_POSTGRESQL)
            case CreateExtension() | DropExtension() | AlterExtension():
                raise _unsupported(operation, "extensions", _OF_POSTGRESQL)

    def triggers_of(self, operation: CreateView | DropView | ReplaceView) -> list[Trigger]:
        """The triggers of a view that is made anew, which go with the old one."""
        if not isinstance(operation, ReplaceView):
            return []
        name = operation.after.name
        return triggers.triggers_after(self.seen, self.before.triggers_of(name), name)

    def change(self, operation: TableOperation) -> None:
        table_name(operation.table)
        change = self.changes.get(operation.table)
        if change is not None and not change.accepts(operation):
            self.flush()
            change = None
        if change is None:
            change = Change(before=self.schema.table(operation.table))
            self.pending.append(change)
            self.changes[operation.table] = change
        if isinstance(operation, RenameColumn):
            operation = operation.rewriting(self.schema.table(operation.table), rename)
        self.schema = operation.apply(self.schema)
        change.add(operation, self.schema.table(operation.table))

    def settle(self, name: QualifiedName) -> None:
        """Have nothing pending on a table of this name when it is made or dropped."""
        if name in self.changes:
            self.flush()

    def flush(self) -> None:
        """Have nothing pending, and what follows find the tables as they are stored then."""
        for change in self.carry_out():
            after = change.stored()
            self.schema = self.schema.with_replaced(after, after)

    def carry_out(self) -> list[Change]:
        """The statements of all that is pending; the changes that it was."""
        changes = list(self.changes.values())
        for change in changes:
            # A column that was renamed since is named by foreign keys of other tables too.
            change.after = self.schema.table(change.before.name)
            self.done += change.dropped_indexes()
        for item in self.pending:
            self.done += item.structure() if isinstance(item, Change) else item
        for change in changes:
            self.done += change.created_indexes()
        self.pending, self.changes = [], {}
        return changes

    def rename_table(self, operation: RenameTable) -> None:
        self.schema = operation.apply(self.schema)
        table = self.schema.table(operation.after)
        if table.sql is not None:
            before, after = operation.before.name, operation.after.name
            triggers = tuple(rename(sql, before, after) for sql in table.triggers)
            stored = replace(table, sql=renamed(table.sql, after), triggers=triggers)
            self.schema = self.schema.with_replaced(table, stored)


def _create(table: Table) -> list[Statement]:
    """A table, and what it had beside the model where it is made again after a drop."""
    text = create_table(table)
    if table.sql is not None:
        text = edited(table.sql, table)
    return [
        Statement(sql=text),
        *(Statement(sql=create_index(table.name, index)) for index in table.indexes),
        *(Statement(sql=trigger) for trigger in table.triggers),
    ]


def _drop(table: Table) -> list[Statement]:
    hazard = Hazard(
        code="drop-table",
        message=losses.dropped_table(table).sentence,
        instead="rename it first and drop it when nothing misses it",
    )
    guard = foreign_keys_off(f"table {table.name} is to be dropped")
    return [
        Watch(
            sql=guard.sql,
            refusal=guard.refusal,
            table=table.name.name,
            rebuilt=False,
            is_dropped=True,
        ),
        Statement(sql=f"DROP TABLE {table_name(table.name)}", hazards=(hazard,)),
    ]


def _rename(operation: RenameTable) -> list[Statement]:
    before, after = table_name(operation.before), table_name(operation.after)
    if folded(operation.before.name) != folded(operation.after.name):
        return [Statement(sql=f"ALTER TABLE {before} RENAME TO {after}")]
    # To SQLite both are one name, and taken.
    between = quote(f"_flaskmig_{operation.before.name}")
    return [
        Statement(sql=f"ALTER TABLE {before} RENAME TO {between}"),
        Statement(sql=f"ALTER TABLE {between} RENAME TO {after}"),
    ]


def _unsupported(operation: Operation, what: str, hint: str) -> UnsupportedOperationError:
    return UnsupportedOperationError(f"SQLite has no {what}: {operation}", hint=hint)
