"""``compare_type`` and ``compare_server_default``: what of columns counts as a difference.

What does not count is made on the desired side as the current one has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Dialect as SQLAlchemyDialect
from sqlalchemy.types import TypeEngine

from flaskmig.engine.detecting.inclusion import Models
from flaskmig.engine.models.rebuilt import Rebuilt
from flaskmig.operations import AlterColumn, Operation
from flaskmig.schema import Column, QualifiedName, Schema, Table

CompareType: TypeAlias = Callable[
    ["ComparisonContext", sa.Column[Any], sa.Column[Any], TypeEngine[Any], TypeEngine[Any]],
    "bool | None",
]
CompareServerDefault: TypeAlias = Callable[
    ["ComparisonContext", sa.Column[Any], sa.Column[Any], "str | None", Any, "str | None"],
    "bool | None",
]
_OPTIONS = {"type": "compare_type", "default": "compare_server_default"}


@dataclass(frozen=True, slots=True)
class ComparisonContext:
    """What the functions are given first, as far as they look at Alembic's MigrationContext."""

    dialect: SQLAlchemyDialect
    connection: Connection | None = None

    @property
    def bind(self) -> Connection | None:
        return self.connection


@dataclass(slots=True)
class ColumnRules:
    """The rules at work on one comparison; each column is decided on once.

    A function answers True for different, False for alike, None for what is found without it.
    """

    compare_type: bool | CompareType
    compare_server_default: bool | CompareServerDefault
    models: Models | Rebuilt
    context: ComparisonContext
    _answers: dict[tuple[QualifiedName, str, str], bool | None] = field(default_factory=dict)
    _wanted: dict[tuple[QualifiedName, str, str], Column] = field(default_factory=dict)

    def apply(self, current: Schema, desired: Schema) -> Schema:
        """The desired schema with the types and defaults of the current one that do not count."""
        if self.compare_type is True and self.compare_server_default is True:
            return desired
        inspected = Rebuilt(current)
        return desired.with_tables(
            table if before is None else self._table(before, table, inspected)
            for table, before in ((t, current.find_table(t.name)) for t in desired.tables)
        )

    def insist(self, desired: Schema) -> Schema:
        """The desired schema with the models' own text for what a function calls different."""
        columns: dict[tuple[QualifiedName, str], dict[str, Any]] = {}
        for (table, name, what), wanted in self._wanted.items():
            columns.setdefault((table, name), {}).update(_parts(wanted, what))
        if not columns:
            return desired
        return desired.with_tables(
            replace(
                table,
                columns=tuple(
                    replace(column, **columns.get((table.name, column.name), {}))
                    for column in table.columns
                ),
            )
            for table in desired.tables
        )

    def unmet(self, operations: list[Operation]) -> Iterator[str]:
        """A line for each column that a function calls different though nothing can be changed."""
        changed = {
            (operation.table, operation.after.name, what)
            for operation in operations
            if isinstance(operation, AlterColumn)
            for what in operation.changed
        }
        for key in self._wanted:
            table, name, what = key
            if key not in changed:
                yield (
                    f"{_OPTIONS[what]} calls {table}.{name} different, but the database and the "
                    f"models have the same {what}: there is nothing to change"
                )

    def _table(self, before: Table, wanted: Table, inspected: Rebuilt) -> Table:
        def column(after: Column) -> Column:
            if not before.has_column(after.name):
                return after
            known = before.column(after.name)
            kept: dict[str, Any] = {}
            for what in _OPTIONS:
                if self._differs(what, wanted.name, known, after, inspected) is False:
                    kept |= _parts(known, what)
            if "type" in kept:
                kept["type"] = replace(known.type, source=after.type.source)
            return replace(after, **kept)

        return replace(wanted, columns=tuple(map(column, wanted.columns)))

    def _differs(
        self, what: str, table: QualifiedName, known: Column, wanted: Column, inspected: Rebuilt
    ) -> bool | None:
        rule = self.compare_type if what == "type" else self.compare_server_default
        if isinstance(rule, bool):
            return None if rule else False
        key = (table, wanted.name, what)
        if key not in self._answers:
            before = inspected.column(table, known.name)
            model = self.models.column(table, wanted.name)
            answer = None
            if before is not None and model is not None:
                answer = self._asked(what, before, model, known, wanted)
            self._answers[key] = None if answer is None else bool(answer)
            if answer:
                self._wanted[key] = wanted
        return self._answers[key]

    def _asked(
        self,
        what: str,
        before: sa.Column[Any],
        model: sa.Column[Any],
        known: Column,
        wanted: Column,
    ) -> bool | None:
        if what == "type":
            assert not isinstance(self.compare_type, bool)
            return self.compare_type(self.context, before, model, before.type, model.type)
        assert not isinstance(self.compare_server_default, bool)
        if not (known.default or wanted.default) or wanted.generated or wanted.identity:
            return None
        return self.compare_server_default(
            self.context, before, model, known.default, model.server_default, wanted.default
        )


def _parts(column: Column, what: str) -> dict[str, Any]:
    """What of a column is its type, or its default."""
    if what == "type":
        return {"type": column.type, "collation": column.collation}
    return {
        "default": column.default,
        "default_source": column.default_source,
        "sequence": column.sequence,
    }
