"""The whole of what is managed in one database."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, TypeAlias

from flaskmig.errors import ObjectExistsError, ObjectNotFoundError
from flaskmig.schema.declared import Extension, Function, Trigger, View
from flaskmig.schema.free_standing import Enum, Sequence
from flaskmig.schema.names import QualifiedName
from flaskmig.schema.tables import Table

Named: TypeAlias = Table | Enum | Sequence | View | Function | Trigger | Extension
Declared: TypeAlias = View | Function | Trigger | Extension

_COLLECTIONS: Mapping[type, str] = {
    Table: "tables",
    Enum: "enums",
    Sequence: "sequences",
    View: "views",
    Function: "functions",
    Trigger: "triggers",
    Extension: "extensions",
}


@dataclass(frozen=True, kw_only=True)
class Schema:
    """All that is managed in one database. ``schemas`` are the namespaces beside the default."""

    tables: tuple[Table, ...] = ()
    enums: tuple[Enum, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    schemas: tuple[str, ...] = ()
    views: tuple[View, ...] = ()
    functions: tuple[Function, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    extensions: tuple[Extension, ...] = ()

    def __post_init__(self) -> None:
        for collection in ("tables", "enums", "sequences", "views"):
            self._sort(collection, lambda named: named.name)
        self._sort("functions", lambda function: (function.name, function.arguments))
        self._sort("triggers", lambda trigger: (trigger.table, trigger.name))
        self._sort("extensions", lambda extension: extension.name)
        object.__setattr__(self, "schemas", tuple(sorted(self.schemas)))

    def _sort(self, collection: str, key: Callable[[Any], Any]) -> None:
        ordered = tuple(sorted(getattr(self, collection), key=key))
        object.__setattr__(self, collection, ordered)

    @cached_property
    def _by_name(self) -> dict[tuple[type, Hashable], Any]:
        everything: tuple[Named, ...] = (
            *self.tables,
            *self.enums,
            *self.sequences,
            *self.views,
            *self.functions,
            *self.triggers,
            *self.extensions,
        )
        return {(type(named), _key(named)): named for named in everything}

    def find_table(self, name: QualifiedName) -> Table | None:
        found: Table | None = self._by_name.get((Table, name))
        return found

    def find_enum(self, name: QualifiedName) -> Enum | None:
        found: Enum | None = self._by_name.get((Enum, name))
        return found

    def find_sequence(self, name: QualifiedName) -> Sequence | None:
        found: Sequence | None = self._by_name.get((Sequence, name))
        return found

    def find_view(self, name: QualifiedName) -> View | None:
        found: View | None = self._by_name.get((View, name))
        return found

    def find_function(self, name: QualifiedName, arguments: str = "") -> Function | None:
        found: Function | None = self._by_name.get((Function, (name, arguments)))
        return found

    def find_trigger(self, table: QualifiedName, name: str) -> Trigger | None:
        found: Trigger | None = self._by_name.get((Trigger, (table, name)))
        return found

    def find_extension(self, name: str) -> Extension | None:
        found: Extension | None = self._by_name.get((Extension, name))
        return found

    def table(self, name: QualifiedName) -> Table:
        """The table of that name; raises ObjectNotFoundError."""
        found = self.find_table(name)
        if found is None:
            raise ObjectNotFoundError(f"there is no table {name}")
        return found

    def enum(self, name: QualifiedName) -> Enum:
        """The enum of that name; raises ObjectNotFoundError."""
        found = self.find_enum(name)
        if found is None:
            raise ObjectNotFoundError(f"there is no enum {name}")
        return found

    def sequence(self, name: QualifiedName) -> Sequence:
        """The sequence of that name; raises ObjectNotFoundError."""
        found = self.find_sequence(name)
        if found is None:
            raise ObjectNotFoundError(f"there is no sequence {name}")
        return found

    def view(self, name: QualifiedName) -> View:
        """The view of that name, materialized or not; raises ObjectNotFoundError."""
        found = self.find_view(name)
        if found is None:
            raise ObjectNotFoundError(f"there is no view {name}")
        return found

    def tables_using(self, enum: QualifiedName) -> tuple[Table, ...]:
        """The tables with a column of that enum type."""
        return tuple(
            table
            for table in self.tables
            if any(column.type.enum == enum for column in table.columns)
        )

    def views_reading(self, relation: QualifiedName) -> tuple[View, ...]:
        """The views that read the table or view, not those that read them in turn."""
        return tuple(view for view in self.views if relation in view.relations)

    def triggers_of(self, table: QualifiedName) -> tuple[Trigger, ...]:
        """The triggers of the table or view."""
        return tuple(trigger for trigger in self.triggers if trigger.table == table)

    def with_object(self, added: Named) -> Schema:
        """This schema and one object more; raises ObjectExistsError."""
        if (type(added), _key(added)) in self._by_name:
            raise ObjectExistsError(f"{_described(added)} exists already")
        return self._exchanged(None, added)

    def without_object(self, removed: Named) -> Schema:
        """This schema less one object; raises ObjectNotFoundError."""
        self._require(removed)
        return self._exchanged(removed, None)

    def with_replaced(self, before: Named, after: Named) -> Schema:
        """This schema with ``after`` where ``before`` was, of the same kind, maybe another name."""
        self._require(before)
        key = _key(after)
        if key != _key(before) and (type(after), key) in self._by_name:
            raise ObjectExistsError(f"{_described(after)} exists already")
        return self._exchanged(before, after)

    def with_tables(self, tables: Iterable[Table]) -> Schema:
        return replace(self, tables=tuple(tables))

    def _require(self, named: Named) -> None:
        if (type(named), _key(named)) not in self._by_name:
            raise ObjectNotFoundError(f"there is no {_described(named)}")

    def _exchanged(self, gone: Named | None, come: Named | None) -> Schema:
        """This schema without the one object and with the other, of one kind.

        A list of operations makes as many schemas as it is long, so that none of them may sort
        all objects or take their names again: what is in order is cut, what is known is copied.
        """
        by_name = self._by_name.copy()
        kind = type(come if gone is None else gone)
        members: tuple[Any, ...] = getattr(self, _COLLECTIONS[kind])
        if gone is not None:
            key = _key(gone)
            first, last = bisect_left(members, key, key=_key), bisect_right(members, key, key=_key)
            # The empty schema and none sort alike, and are not the same.
            others = (named for named in members[first:last] if _key(named) != key)
            members = (*members[:first], *others, *members[last:])
            del by_name[kind, key]
        if come is not None:
            key = _key(come)
            place = bisect_right(members, key, key=_key)
            members = (*members[:place], come, *members[place:])
            by_name[kind, key] = come
        made = object.__new__(Schema)
        made.__dict__.update({each.name: getattr(self, each.name) for each in fields(self)})
        made.__dict__.update({_COLLECTIONS[kind]: members, "_by_name": by_name})
        return made


def _key(named: Named) -> Any:
    """What tells the object from others of its kind."""
    match named:
        case Function():
            return named.name, named.arguments
        case Trigger():
            return named.table, named.name
        case _:
            return named.name


def declared_label(named: Declared) -> str:
    """What the object is called where kinds are mixed: "view:name", "trigger:name" and so on."""
    return f"{_COLLECTIONS[type(named)][:-1]}:{named.name}"


def _described(named: Named) -> str:
    kind = _COLLECTIONS[type(named)][:-1]
    match named:
        case Function():
            return f"{kind} {named.signature}"
        case Trigger():
            return f"{kind} {named.name} of {named.table}"
        case _:
            return f"{kind} {named.name}"
