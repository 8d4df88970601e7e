"""What is declared beside tables, made by ``create_all`` and dropped by ``drop_all``.

What functions and extensions give, tables may need; views and triggers need tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from flaskmig.dialects import NAMES, dialect_named
from flaskmig.dialects.base import Dialect
from flaskmig.operations import (
    CreateExtension,
    CreateFunction,
    CreateTrigger,
    CreateView,
    DropExtension,
    DropFunction,
    DropTrigger,
    DropView,
    Operation,
)
from flaskmig.operations.mentions import in_order_of_use, names_mentioned
from flaskmig.schema import Declared, Extension, Function, QualifiedName, Schema, Trigger, View
from flaskmig.schema.definitions import same_arguments

# Where what is checked when a function is made ends, unless its body is checked too.
_HEAD = re.compile(r"\bAS\b\s*(?=['$])", re.IGNORECASE)
_KEY = "flaskmig_declared"
_T = TypeVar("_T", View, Function, Trigger, Extension)


class Declaration(Protocol):
    """One object that a MetaData declares; ``dialects`` None is all of them."""

    dialects: frozenset[str] | None

    def value(self, dialect: Dialect) -> Declared:
        """The object as one database is to have it."""
        ...


def register(metadata: sa.MetaData, declaration: Declaration) -> None:
    """Have the MetaData declare one object more."""
    found: list[Declaration] = metadata.info.setdefault(_KEY, [])
    if not found:
        sa.event.listen(metadata, "before_create", _before_create)
        sa.event.listen(metadata, "after_create", _after_create)
        sa.event.listen(metadata, "before_drop", _before_drop)
        sa.event.listen(metadata, "after_drop", _after_drop)
    found.append(declaration)


def declared_in(metadata: sa.MetaData, dialect: str) -> list[Any]:
    """What the MetaData declares for one database, in the order in which it was declared."""
    declared: list[Declaration] = metadata.info.get(_KEY, [])
    return [each for each in declared if each.dialects is None or dialect in each.dialects]


def _before_create(metadata: sa.MetaData, connection: Any, **_: Any) -> None:
    for target in _targets(metadata, connection):
        for extension in target.declared(Extension):
            if not target.has_extension(extension):
                target.run(CreateExtension(extension=extension))
        for function in target.declared(Function):
            if target.same_function(function) is None and not target.needs_tables(function):
                target.run(CreateFunction(function=function))


def _after_create(metadata: sa.MetaData, connection: Any, **_: Any) -> None:
    for target in _targets(metadata, connection):
        for function in target.declared(Function):
            if target.same_function(function) is None and target.has_new_tables_of(function):
                target.run(CreateFunction(function=function))
        for view in reversed(in_order_of_use(target.declared(View))):
            if not target.has_view(view) and target.has_what_it_reads(view):
                target.run(CreateView(view=view))
                target.create_indexes(view)
        for trigger in target.declared(Trigger):
            if not target.has_trigger(trigger) and target.has_relation(trigger.table):
                target.run(CreateTrigger(trigger=trigger))


def _before_drop(metadata: sa.MetaData, connection: Any, **_: Any) -> None:
    for target in _targets(metadata, connection):
        for trigger in target.declared(Trigger):
            if target.has_trigger(trigger):
                target.run(DropTrigger(trigger=trigger))
        for view in in_order_of_use(target.declared(View)):
            if target.has_view(view):
                target.run(DropView(view=view))
        _drop_functions(target, needing_tables=True)


def _after_drop(metadata: sa.MetaData, connection: Any, **_: Any) -> None:
    for target in _targets(metadata, connection):
        _drop_functions(target, needing_tables=False)
        for extension in reversed(target.declared(Extension)):
            if target.has_extension(extension):
                target.run(DropExtension(extension=extension))


def _drop_functions(target: _Target, *, needing_tables: bool) -> None:
    for function in reversed(target.declared(Function)):
        there = target.same_function(function)
        if there is not None and target.needs_tables(function) == needing_tables:
            target.run(DropFunction(function=there))


def _targets(metadata: sa.MetaData, connection: Any) -> Iterator[_Target]:
    """The database, where it is one that can have what is declared."""
    if connection.dialect.name in NAMES:
        yield _Target(metadata, connection, dialect_named(connection.dialect.name))


class _Target:
    """What is declared for the database of a connection, and what of it is there.

    Of a connection that only writes down what it is given nothing is there.
    """

    def __init__(self, metadata: sa.MetaData, connection: Any, dialect: Dialect) -> None:
        self._connection = connection
        self._dialect = dialect
        self._is_live = isinstance(connection, Connection)
        self._default = dialect.default_schema(connection) if self._is_live else None
        self._indexes: dict[QualifiedName, Sequence[sa.Index]] = {}
        self._declared: list[Declared] = []
        for each in declared_in(metadata, dialect.name):
            value = resolved(each.value(dialect), self._default)
            self._declared.append(value)
            if isinstance(value, View):
                self._indexes[value.name] = sorted(each.table.indexes, key=lambda ix: str(ix.name))
        self._tables = [self._name(t.name, t.schema) for t in metadata.tables.values()]
        self._there = self._read() if self._is_live else Schema()

    def declared(self, kind: type[_T]) -> list[_T]:
        return [each for each in self._declared if isinstance(each, kind)]

    def has_extension(self, extension: Extension) -> bool:
        return self._there.find_extension(extension.name) is not None

    def same_function(self, function: Function) -> Function | None:
        """The function of that name and those arguments: their types may be spelled otherwise."""
        spell = self._dialect.spell_type
        for there in self._there.functions:
            if there.name == function.name and same_arguments(
                there.arguments, function.arguments, spell
            ):
                return there
        return None

    def needs_tables(self, function: Function) -> bool:
        """Whether its arguments or its result are made of tables: its body may name anything."""
        return bool(self._tables_of(function))

    def has_new_tables_of(self, function: Function) -> bool:
        """Whether it needs tables, and those are there now."""
        needed = self._tables_of(function)
        return bool(needed) and all(map(self.has_relation, needed))

    def _tables_of(self, function: Function) -> list[QualifiedName]:
        named = names_mentioned(_HEAD.split(function.definition, maxsplit=1)[0])
        return [table for table in self._tables if table in named]

    def has_view(self, view: View) -> bool:
        return self._there.find_view(view.name) is not None

    def has_trigger(self, trigger: Trigger) -> bool:
        found = (there.name for there in self._there.triggers if self._is_on(there, trigger.table))
        return trigger.name in found

    def _is_on(self, trigger: Trigger, relation: QualifiedName) -> bool:
        if self._dialect.name == "sqlite":
            return trigger.table.name.lower() == relation.name.lower()
        return trigger.table == relation

    def has_what_it_reads(self, view: View) -> bool:
        """Whether no table or view of the models that it reads is missing.

        One may be, where only some tables are created.
        """
        views = [each.name for each in self.declared(View)]
        reads = view.relations or names_mentioned(view.definition)
        return all(
            self.has_relation(name)
            for name in (*self._tables, *views)
            if name in reads and name != view.name
        )

    def has_relation(self, name: QualifiedName) -> bool:
        if not self._is_live:
            return True
        found: bool = sa.inspect(self._connection).has_table(name.name, name.schema)
        return found

    def create_indexes(self, view: View) -> None:
        for index in self._indexes[view.name]:
            self._connection.execute(sa.schema.CreateIndex(index))

    def run(self, operation: Operation) -> None:
        for statement in self._dialect.statements([operation], self._there):
            if self._is_live:
                self._dialect.run(self._connection, statement)
            else:
                text = statement.sql.replace("%", "%%")
                self._connection.execute(sa.DDL(text))  # type: ignore[no-untyped-call]

    def _name(self, name: str, schema: str | None) -> QualifiedName:
        return QualifiedName(name, None if schema == self._default else schema)

    def _read(self) -> Schema:
        """What is there of the names that are declared."""
        names = set[QualifiedName]()
        for each in self._declared:
            match each:
                case View() | Function():
                    names.add(each.name)
                case Trigger():
                    names.add(each.table)
                case Extension():
                    pass
        schemas = sorted({name.schema for name in names if name.schema})
        only = None if self.declared(Extension) else names
        return self._dialect.introspect(self._connection, schemas=schemas, only=only)


def resolved(value: Declared, default_schema: str | None) -> Declared:
    """The object with names that leave the default schema out."""

    def here(name: QualifiedName) -> QualifiedName:
        return QualifiedName(name.name) if name.schema == default_schema else name

    match value:
        case View():
            uses = tuple((here(name), column) for name, column in value.uses)
            return replace(value, name=here(value.name), uses=uses)
        case Function():
            return replace(value, name=here(value.name))
        case Trigger():
            return replace(value, table=here(value.table))
        case Extension():
            schema = None if value.schema == default_schema else value.schema
            return replace(value, schema=schema)
