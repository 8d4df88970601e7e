"""What is there in the middle of a list of operations, of which none has run yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from flaskmig import sql
from flaskmig.dialects.base import Before
from flaskmig.errors import ObjectNotFoundError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    CreateIndex,
    CreateTable,
    CreateTrigger,
    CreateView,
    DropColumn,
    DropConstraint,
    DropIndex,
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
    ReplaceTrigger,
    ReplaceView,
)
from flaskmig.schema import Column, Enum, QualifiedName, Schema, Table, Trigger, Type, View
from flaskmig.schema import Sequence as SequenceObject


class Ahead:
    """``before``, and what the operations so far make of it.

    Nothing is looked up until something asks, because most statements need no more than names
    and ``before`` may have to query the catalogue. Then the few tables in question are taken
    from ``before`` and carried through the operations.
    """

    def __init__(self, before: Before) -> None:
        self._before = before
        self._operations: list[Operation] = []

    def apply(self, operation: Operation) -> None:
        """The operation is one more that comes before what is asked next."""
        self._operations.append(operation)

    def find_table(self, name: QualifiedName) -> Table | None:
        return self._carried([self._origin(name)]).find_table(name)

    def table(self, name: QualifiedName) -> Table:
        """The table of that name; raises ObjectNotFoundError."""
        found = self.find_table(name)
        if found is None:
            raise ObjectNotFoundError(f"there is no table {name}")
        return found

    def tables_using(self, enum: QualifiedName) -> Sequence[Table]:
        """The tables with a column of that enum type, in any schema."""
        former = enum
        for operation in reversed(self._operations):
            if isinstance(operation, RenameEnum) and operation.after == former:
                former = operation.before
        known = self._before.tables_using(former)
        origins = [self._origin(name, place) for name, place in self._given_enums()]
        return self._carried(origins, known).tables_using(enum)

    def find_view(self, name: QualifiedName) -> View | None:
        for operation in reversed(self._operations):
            match operation:
                case CreateView(view=view) | ReplaceView(after=view) if view.name == name:
                    return view
                case DropView(view=view) if view.name == name:
                    return None
                case _:
                    pass
        return self._before.find_view(name)

    def views_reading(self, relation: QualifiedName) -> Sequence[View]:
        """The views that read the table or view, not those that read them in turn."""
        former, _ = self._origin(relation)
        names = {view.name: None for view in self._before.views_reading(former)}
        for operation in self._operations:
            match operation:
                case CreateView(view=view) | ReplaceView(after=view):
                    if relation in view.relations:
                        names[view.name] = None
                    else:
                        names.pop(view.name, None)
                case DropView(view=view):
                    names.pop(view.name, None)
                case _:
                    pass
        return [view for view in map(self.find_view, names) if view is not None]

    def triggers_of(self, table: QualifiedName) -> Sequence[Trigger]:
        """The triggers of the table or view."""
        former, is_made = self._origin(table)
        known = () if is_made else self._before.triggers_of(former)
        triggers = {each.name: replace(each, table=table) for each in known}
        for operation in self._operations:
            match operation:
                case CreateTrigger(trigger=trigger) | ReplaceTrigger(after=trigger):
                    if trigger.table in (table, former):
                        triggers[trigger.name] = replace(trigger, table=table)
                case DropTrigger(trigger=trigger) if trigger.table in (table, former):
                    triggers.pop(trigger.name, None)
                case _:
                    pass
        return list(triggers.values())

    def _given_enums(self) -> Iterator[tuple[QualifiedName, int]]:
        """The tables that get a column of an enum type, with the place of the operation."""
        for place, operation in enumerate(self._operations):
            match operation:
                case CreateTable(table=table) if any(c.type.enum for c in table.columns):
                    yield table.name, place + 1
                case AddColumn(column=column) | AlterColumn(after=column) if column.type.enum:
                    yield operation.table, place
                case _:
                    pass

    def _origin(self, name: QualifiedName, place: int | None = None) -> tuple[QualifiedName, bool]:
        """What a table was called first, and whether one of the operations makes it."""
        for operation in reversed(self._operations[:place]):
            if isinstance(operation, RenameTable) and operation.after == name:
                name = operation.before
            elif isinstance(operation, CreateTable) and operation.table.name == name:
                return name, True
        return name, False

    def _carried(
        self, origins: Collection[tuple[QualifiedName, bool]], known: Sequence[Table] = ()
    ) -> Schema:
        """These tables after all operations."""
        tables = {table.name: table for table in known}
        made = {name for name, is_made in origins if is_made}
        for name, is_made in origins:
            found = self._before.find_table(name) if not (is_made or name in tables) else None
            if found is not None:
                tables[name] = found
        schema = Schema(tables=tuple(tables.values()))
        for operation in self._operations:
            schema = _carry(schema, operation, made)
        return schema


def _carry(schema: Schema, operation: Operation, made: Collection[QualifiedName]) -> Schema:
    """The schema after one operation, as far as it is about the tables in it."""
    match operation:
        case CreateTable():
            return operation.apply(schema) if operation.table.name in made else schema
        case DropTable():
            known = schema.find_table(operation.table.name)
            return operation.apply(schema) if known is not None else schema
        case RenameTable():
            return _rename(schema, operation, Table(name=operation.before))
        case RenameColumn():
            column = Column(name=operation.before, type=Type(sql=""))
            return _rename(schema, operation, Table(name=operation.table, columns=(column,)))
        case RenameEnum():
            enum = Enum(name=operation.before, values=())
            return operation.apply(replace(schema, enums=(enum,)))
        case RenameEnumValue():
            enum = Enum(name=operation.enum, values=(operation.before,))
            return operation.apply(replace(schema, enums=(enum,)))
        case RenameSequence():
            sequence = SequenceObject(name=operation.before)
            return operation.apply(replace(schema, sequences=(sequence,)))
        case (
            AddColumn()
            | DropColumn()
            | AlterColumn()
            | ReorderColumns()
            | AddConstraint()
            | DropConstraint()
            | RenameConstraint()
            | CreateIndex()
            | DropIndex()
            | RenameIndex()
            | AlterTable()
        ):
            known = schema.find_table(operation.table)
            return operation.apply(schema) if known is not None else schema
        case _:
            return schema


def _rename(schema: Schema, operation: RenameTable | RenameColumn, unknown: Table) -> Schema:
    """Foreign keys of the tables in the schema follow, whether or not the target is one of them."""
    known = schema.find_table(unknown.name)
    if known is None:
        after = operation.apply(schema.with_object(unknown))
        stood_for = operation.after if isinstance(operation, RenameTable) else operation.table
        return after.without_object(after.table(stood_for))
    if isinstance(operation, RenameColumn):
        operation = operation.rewriting(known, partial(sql.rename, dialect="postgresql"))
    return operation.apply(schema)
