"""Views, triggers and functions that must go while something they rest on changes, and come back.

PostgreSQL neither retypes nor drops a column that a view reads, nor drops a view that another
reads. What SQLite would allow it does not follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from flaskmig.operations import (
    AddColumn,
    AlterColumn,
    AlterEnum,
    DropColumn,
    DropConstraint,
    DropTable,
    Operation,
    RenameColumn,
    RenameTable,
)
from flaskmig.operations.mentions import calls_mentioned, names_mentioned
from flaskmig.schema import Function, PrimaryKey, QualifiedName, Schema, Trigger, View

_GROUPS = re.compile(r"\bGROUP\s+BY\b", re.IGNORECASE)
# A body of SQL that is no string.
_PARSED_BODY = re.compile(r"\bBEGIN\s+ATOMIC\b|\A(?!.*\bAS\s+[$'E]).*\bRETURN\b", re.I | re.S)
_RETYPES = frozenset({"type", "collation"})


@dataclass(slots=True)
class Touched:
    """What changes under the feet of others.

    ``columns`` are retyped, or dropped and made anew; ``gone`` are dropped for good.
    ``relations`` and ``functions`` are dropped, maybe to be made anew; ``enums`` likewise, and
    the primary keys of the tables in ``keys``.
    """

    columns: set[tuple[QualifiedName, str]] = field(default_factory=set)
    gone: set[tuple[QualifiedName, str]] = field(default_factory=set)
    relations: set[QualifiedName] = field(default_factory=set)
    functions: set[QualifiedName] = field(default_factory=set)
    enums: set[QualifiedName] = field(default_factory=set)
    keys: set[QualifiedName] = field(default_factory=set)

    def __bool__(self) -> bool:
        dropped = (self.relations, self.functions, self.enums, self.keys)
        return any((self.columns, self.gone, *dropped))

    def by_view(self, view: View) -> bool:
        """Whether the view rests on any of it."""
        if not self:
            return False
        moved = self.columns | self.gone
        if any(view.reads(table, column) for table, column in moved):
            return True
        if not view.uses:
            named = names_mentioned(view.definition)
            tables = {table for table, _ in moved} | self.relations
            if not tables.isdisjoint(named):
                return True
        elif not self.relations.isdisjoint(view.relations):
            return True
        # GROUP BY a key stands for all columns of its table.
        if not self.keys.isdisjoint(view.relations) and _GROUPS.search(view.definition):
            return True
        return bool(
            (self.functions and self.functions & calls_mentioned(view.definition))
            or (self.enums and self.enums & names_mentioned(view.definition))
        )

    def by_trigger(self, trigger: Trigger) -> bool:
        if not self:
            return False
        if trigger.table in self.relations:
            return True
        if self.functions and self.functions & calls_mentioned(trigger.definition):
            return True
        moved = self.columns | self.gone
        named = names_mentioned(trigger.definition) if moved else frozenset()
        return any(
            QualifiedName(column) in named and (table == trigger.table or table in named)
            for table, column in moved
        )

    def binds_function(self, function: Function) -> bool:
        """Whether the database itself knows that the function rests on any of the relations.

        Of a body that is a string it does not.
        """
        types = f"{function.arguments} {function.interface}"
        if not self.relations.isdisjoint(names_mentioned(types)):
            return True
        if not _PARSED_BODY.search(function.definition):
            return False
        named = names_mentioned(function.definition)
        return not self.relations.isdisjoint(named) or any(
            table in named and QualifiedName(column) in named for table, column in self.columns
        )

    def by_function(self, function: Function) -> bool:
        """Whether a type of its arguments or its result is."""
        types = f"{function.arguments} {function.interface}"
        return bool(self.enums and self.enums & names_mentioned(types))


def touched_by(operations: Iterable[Operation], current: Schema) -> Touched:
    """What the operations on tables and enums drop, retype or make anew."""
    touched = Touched()
    added: set[tuple[QualifiedName, str]] = set()
    for operation in operations:
        match operation:
            case AlterColumn(table=table, before=before):
                if _RETYPES & set(operation.changed):
                    touched.columns.add((table, before.name))
            case DropColumn(table=table, column=column):
                touched.gone.add((table, column.name))
            case AddColumn(table=table, column=column):
                added.add((table, column.name))
            case DropTable(table=dropped):
                touched.relations.add(dropped.name)
            case DropConstraint(table=table, constraint=PrimaryKey()):
                touched.keys.add(table)
            case AlterEnum(before=enum, after=after) if not _only_adds(enum.values, after.values):
                touched.enums.add(enum.name)
                touched.columns |= _columns_of(enum.name, current)
            case _:
                pass
    touched.columns |= touched.gone & added
    touched.gone -= added
    return touched


def renamed_by(renames: Iterable[Operation]) -> Touched:
    """The names, as they are before the renames, that these change."""
    touched = Touched()
    origin: dict[QualifiedName, QualifiedName] = {}
    for operation in renames:
        match operation:
            case RenameTable(before=before, after=after):
                origin[after] = origin.pop(before, before)
                touched.relations.add(origin[after])
            case RenameColumn(table=table, before=name):
                touched.columns.add((origin.get(table, table), name))
            case _:
                pass
    return touched


def views_on(views: Iterable[View], touched: Touched) -> dict[QualifiedName, View]:
    """The views that rest on any of it, and those that rest on them in turn.

    ``touched.relations`` has them afterwards.
    """
    waiting = list(views)
    found: dict[QualifiedName, View] = {}
    while True:
        reached = [view for view in waiting if touched.by_view(view)]
        if not reached:
            return found
        found.update((view.name, view) for view in reached)
        touched.relations.update(view.name for view in reached)
        waiting = [view for view in waiting if view.name not in found]


def _only_adds(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether the values stay, in their order."""
    left = iter(after)
    return all(value in left for value in before)


def _columns_of(enum: QualifiedName, schema: Schema) -> set[tuple[QualifiedName, str]]:
    return {
        (table.name, column.name)
        for table in schema.tables_using(enum)
        for column in table.columns
        if column.type.enum == enum
    }
