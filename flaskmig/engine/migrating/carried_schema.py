"""What is there, carried forward by the operations themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flaskmig.engine.migrating.carried import NotPlannedError, has_index, required, table_of
from flaskmig.errors import ObjectExistsError, ObjectNotFoundError
from flaskmig.operations import (
    AlterExtension,
    CreateExtension,
    CreateFunction,
    CreateTable,
    CreateTrigger,
    CreateView,
    DropExtension,
    DropFunction,
    DropIndex,
    DropTable,
    DropTrigger,
    DropView,
    Operation,
    RenameColumn,
    RenameTable,
    ReplaceFunction,
    ReplaceTrigger,
    ReplaceView,
)
from flaskmig.schema import Enum, Function, QualifiedName, Schema, Table, Trigger, View
from flaskmig.schema import Sequence as SequenceObject
from flaskmig.schema.definitions import same_arguments
from flaskmig.sql import names

if TYPE_CHECKING:
    from flaskmig.dialects.base import Before, Dialect

# What raw SQL makes and drops though no table is another one afterwards.
_MADE_OF_TEXT = (
    CreateView
    | DropView
    | ReplaceView
    | CreateFunction
    | DropFunction
    | ReplaceFunction
    | CreateTrigger
    | DropTrigger
    | ReplaceTrigger
    | CreateExtension
    | DropExtension
    | AlterExtension
)


class CarriedSchema:
    """A schema carried forward by the operations themselves, with no database to look at.

    What SQL outside of the model touched is unknown from then on: asking for it raises
    NotPlannedError, and an operation that makes it anew makes it known. A ``schema`` that was
    read from a database comes with its ``dialect``, which carries the stored texts forward.
    """

    def __init__(self, schema: Schema | None = None, dialect: Dialect | None = None) -> None:
        self._dialect = dialect
        self._schema = replace(schema or Schema(), tables=())
        self._tables = {table.name: table for table in (schema or Schema()).tables}
        self._unknown = set[str]()
        self._all_unknown = False
        self._certain = set[QualifiedName]()

    @property
    def schema(self) -> Schema:
        """All that is known."""
        return replace(self._schema, tables=tuple(self._tables.values()))

    def find_table(self, name: QualifiedName) -> Table | None:
        if self._is_unknown(name):
            raise NotPlannedError(f"raw SQL ran before, so what table {name} is like is not known")
        return self._tables.get(name)

    def find_enum(self, name: QualifiedName) -> Enum | None:
        return self._schema.find_enum(name)

    def find_sequence(self, name: QualifiedName) -> SequenceObject | None:
        return self._schema.find_sequence(name)

    def table(self, name: QualifiedName) -> Table:
        """The table of that name; raises ObjectNotFoundError, NotPlannedError."""
        return required(name, self.find_table(name))

    def tables_using(self, enum: QualifiedName) -> Sequence[Table]:
        """The tables with a column of that enum type; raises NotPlannedError."""
        if self._all_unknown or self._unknown:
            raise NotPlannedError(f"raw SQL ran before, so which tables use {enum} is not known")
        return self.schema.tables_using(enum)

    def find_view(self, name: QualifiedName) -> View | None:
        return self._schema.find_view(name)

    def views_reading(self, relation: QualifiedName) -> Sequence[View]:
        """The views that read the table or view, as far as they are known."""
        return self._schema.views_reading(relation)

    def triggers_of(self, table: QualifiedName) -> Sequence[Trigger]:
        """The triggers of the table or view, as far as they are known."""
        return self._schema.triggers_of(table)

    def supposing(self, operations: Sequence[Operation]) -> Before:
        """This schema; for what needs only a name of an unknown table, one that has just that."""
        name = table_of(operations[0]) if len(operations) == 1 else None
        if name is None or not self._is_unknown(name):
            return self
        match operations[0]:
            case CreateTable():
                return replace(self._schema, tables=())
            case DropTable() | RenameTable():
                return replace(self._schema, tables=(Table(name=name),))
            case _:
                return self

    def known_table(self, name: QualifiedName) -> Table | None:
        return None if self._is_unknown(name) else self._tables.get(name)

    def table_of_index(self, index: str, schema: str | None) -> Table | None:
        found = (table for table in self._tables.values() if has_index(table, index, schema))
        table = next(found, None)
        if table is None and (self._all_unknown or self._unknown):
            raise NotPlannedError(f"raw SQL ran before, so which table has {index} is not known")
        return table

    def has_schema(self, name: str) -> bool:
        return name in self._schema.schemas

    def apply(self, operations: Sequence[Operation]) -> None:
        stored = self._stored(operations)
        for operation in operations:
            self._apply(operation)
        for table in stored:
            if table.name in self._tables:
                carried = self._tables[table.name]
                self._tables[table.name] = replace(carried, sql=table.sql, triggers=table.triggers)

    def _stored(self, operations: Sequence[Operation]) -> list[Table]:
        """The texts after the operations, which are on one table, if it has any now."""
        name = table_of(operations[0]) if operations else None
        if operations and (trigger := _trigger_of(operations[0])) is not None:
            name = trigger.table
        table = None if name is None or self._is_unknown(name) else self._tables.get(name)
        if self._dialect is None or table is None or not (table.sql or table.triggers):
            return []
        self._forget_triggers(operations, table)
        return self._dialect.stored(operations, Schema(tables=(table,)))

    def _forget_triggers(self, operations: Sequence[Operation], renamed: Table) -> None:
        """Triggers of other tables follow a rename in ways that their text alone does not tell."""
        if not any(isinstance(each, RenameTable | RenameColumn) for each in operations):
            return
        old = renamed.name.name.lower()
        self.forget(
            table.name.name
            for table in self._tables.values()
            if table.name != renamed.name and any(old in names(sql) for sql in table.triggers)
        )

    def assume(self, table: Table) -> None:
        if self._is_unknown(table.name):
            self._tables[table.name] = table
            self._certain.add(table.name)

    def forget(self, names: Iterable[str] | None = None) -> None:
        if names is None:
            self._all_unknown = True
            self._certain.clear()
            return
        touched = set(names)
        self._unknown |= touched
        self._certain = {name for name in self._certain if name.name not in touched}

    def _is_unknown(self, name: QualifiedName) -> bool:
        if name in self._certain:
            return False
        return self._all_unknown or name.name in self._unknown

    def _apply(self, operation: Operation) -> None:
        name = table_of(operation)
        if isinstance(operation, CreateTable):
            self._tables[operation.table.name] = operation.table
            self._certain.add(operation.table.name)
        elif isinstance(operation, DropTable):
            self._tables.pop(operation.table.name, None)
            self._certain.add(operation.table.name)
            self._drop_triggers(operation.table.name)
        elif isinstance(operation, RenameTable) and self._is_unknown(operation.before):
            self._unknown.add(operation.after.name)
            self._tables.pop(operation.before, None)
            self._certain.add(operation.before)
        elif isinstance(operation, DropIndex) and not operation.table.name:
            self._drop_index(operation)
        elif name is not None and self._is_unknown(name):
            return
        elif name is None or isinstance(operation, RenameTable | RenameColumn):
            self._apply_to_all(operation)
        elif name not in self._tables and self._schema.find_view(name) is not None:
            # An index of a materialized view.
            self._schema = operation.apply(self._schema)
        else:
            # One table and not all of them: a long history must not cost its length squared.
            after = operation.apply(Schema(tables=(self.table(name),))).table(name)
            self._tables[name] = replace(after, sql=None)

    def _drop_index(self, operation: DropIndex) -> None:
        """PostgreSQL finds an index by its own name, so the table's may be left out."""
        index, schema = operation.index.name, operation.table.schema
        for table in self._tables.values():
            if has_index(table, index, schema):
                self._apply(replace(operation, table=table.name))
                return
        if not (self._all_unknown or self._unknown):
            raise ObjectNotFoundError(f"there is no index {index}")

    def _drop_triggers(self, table: QualifiedName) -> None:
        if self._schema.triggers_of(table):
            left = tuple(each for each in self._schema.triggers if each.table != table)
            self._schema = replace(self._schema, triggers=left)

    def _as_known(self, operation: Operation) -> Operation:
        """The operation, on the function that is known with its arguments spelled otherwise."""
        match operation:
            case ReplaceFunction(before=function) | DropFunction(function=function):
                found = self._same_function(function)
            case _:
                return operation
        if found is None:
            return operation
        if isinstance(operation, ReplaceFunction):
            return replace(operation, before=found)
        return replace(operation, function=found)

    def _same_function(self, function: Function) -> Function | None:
        if self._dialect is None or self._schema.find_function(function.name, function.arguments):
            return None
        for known in self._schema.functions:
            if known.name == function.name and same_arguments(
                known.arguments, function.arguments, self._dialect.spell_type
            ):
                return known
        return None

    def _apply_to_all(self, operation: Operation) -> None:
        operation = self._as_known(operation)
        try:
            after = operation.apply(self.schema)
        except ObjectNotFoundError:
            if not (self._all_unknown or self._is_excused(operation)):
                raise
            return
        except ObjectExistsError:
            if not self._is_excused(operation):
                raise
            # What raw SQL dropped is made: forget the old, or it would be in the way again.
            after = operation.apply(operation.reverse().apply(self.schema))
        for table in after.tables:
            if self._tables.get(table.name) != table:
                self._tables[table.name] = replace(table, sql=None)
        for name in self._tables.keys() - {table.name for table in after.tables}:
            del self._tables[name]
        if isinstance(operation, RenameTable):
            self._certain |= {operation.before, operation.after}
        self._schema = replace(after, tables=())

    def _is_excused(self, operation: Operation) -> bool:
        """Whether raw SQL may be why what the operation is about is missing, or there already."""
        raw_sql_ran = self._all_unknown or bool(self._unknown)
        return raw_sql_ran and isinstance(operation, _MADE_OF_TEXT)


def _trigger_of(operation: Operation) -> Trigger | None:
    """The trigger that an operation makes or drops: some databases keep it with its table."""
    match operation:
        case CreateTrigger(trigger=trigger) | DropTrigger(trigger=trigger):
            return trigger
        case ReplaceTrigger(after=trigger):
            return trigger
        case _:
            return None
