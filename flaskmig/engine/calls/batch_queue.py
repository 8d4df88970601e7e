"""The calls of a batch block, waiting for its end, and what is said of the table beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls import (
    column_order,
    columns,
    come_back,
    constraints,
    conventional_names,
    copied_structure,
    indexes,
    overrides,
    table_arguments,
)
from flaskmig.engine.calls.custom.replacing import replaceable
from flaskmig.engine.calls.renamed_columns import renamed_by, with_new_names
from flaskmig.engine.migrating.callers import Call
from flaskmig.engine.migrating.migration import Migration
from flaskmig.schema import Table

_RECREATE = ("auto", "always", "never")
_WITHOUT_REBUILD = (indexes.create_index, indexes.drop_index)
_DROPS = (constraints.drop_constraint, indexes.drop_index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What ``batch_alter_table`` is told beside the table's name."""

    recreate: str = "auto"
    partial_reordering: tuple[tuple[str, ...], ...] = ()
    copy_from: sa.Table | None = None
    table_args: tuple[Any, ...] = ()
    table_kwargs: Mapping[str, Any]
    reflect_args: tuple[Any, ...] = ()
    reflect_kwargs: Mapping[str, Any]
    naming_convention: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.recreate not in _RECREATE:
            raise ValueError(f"recreate is one of {', '.join(_RECREATE)}, not {self.recreate!r}")


@dataclass(frozen=True, slots=True)
class _Waiting:
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    options: Mapping[str, Any]
    call: Call

    @property
    def rebuilds(self) -> bool:
        """Whether files count on the table being rebuilt for it on SQLite."""
        if self.function is columns.add_column:
            return _brings_more(self.arguments[1])
        return self.function not in _WITHOUT_REBUILD


class Queue:
    """The calls of one block; custom operations know it as ``operations.impl``."""

    def __init__(
        self, migration: Migration, table_name: str, schema: str | None, arguments: Arguments
    ) -> None:
        self.table_name = table_name
        self.schema = schema
        self.arguments = arguments
        self._migration = migration
        self._begun = migration.here()
        self._waiting: list[_Waiting] = []
        self._places: list[column_order.Place] = []
        self._at_first: Table | None = None

    @property
    def dialect(self) -> sa.Dialect:
        """SQLAlchemy's dialect of the database."""
        return self._migration.sqlalchemy_dialect

    def add(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> None:
        """Have a call wait."""
        self._waiting.append(_Waiting(function, arguments, options, self._migration.here()))

    def place(self, column: str, before: str | None, after: str | None) -> None:
        """Have a column stand before or after others."""
        if before or after:
            self._places.append(column_order.Place(column, before, after))

    @property
    def is_rebuilt(self) -> bool:
        """Whether what is said of the table beside the calls counts."""
        if self.arguments.recreate != "auto":
            return self.arguments.recreate == "always"
        asked = self._places or any(each.rebuilds for each in self._waiting)
        return self._migration.dialect.name == "sqlite" and bool(asked)

    def carry_out(self) -> None:
        """Carry out the calls, and what goes with a rebuild."""
        migration, told = self._migration, self.arguments
        name = migration.name(self.table_name, self.schema)
        is_rebuilt = self.is_rebuilt
        order = column_order.Order(
            migration, name, told.partial_reordering, self._places, self._renames()
        )
        with (
            migration.batch(
                rebuilds=told.recreate != "never",
                replaces=is_rebuilt and migration.dialect.name == "sqlite",
            ),
            migration.naming(told.naming_convention),
        ):
            if is_rebuilt:
                with migration.at(self._begun):
                    self._prepare(order)
            elif order.is_asked:
                migration.warn_once(
                    "new columns come last where the table is not rebuilt: insert_before=, "
                    "insert_after= and partial_reordering= are left out"
                )
            self._run()
            if is_rebuilt:
                with migration.at(self._begun):
                    self._finish(order)

    def _run(self) -> None:
        """Carry out the calls themselves."""
        migration = self._migration
        name = migration.name(self.table_name, self.schema)
        names: dict[str, str] = {}
        for each in _in_order(self._waiting):
            with migration.at(each.call):
                arguments = each.arguments
                table = migration.glimpse(name) if names else None
                if table is not None:
                    gone = {old: new for old, new in names.items() if not table.has_column(old)}
                    arguments = with_new_names(each.function, arguments, gone)
                replaceable(each.function)(*arguments, **each.options)
            renamed = renamed_by(each.function, arguments, each.options)
            names |= [renamed] if renamed is not None else []

    def _restore(self) -> None:
        calls = [(each.function, each.arguments) for each in self._waiting]
        added = {given[1].name for function, given in calls if function is columns.add_column}
        gone = {given[1] for function, given in calls if function is columns.drop_column}
        dropped = {given[0] for function, given in calls if function in _DROPS}
        if self._at_first is not None:
            come_back.restore(self._migration, self._at_first, added & gone, dropped)

    def _renames(self) -> dict[str, str]:
        """The columns that get another name."""
        found = (renamed_by(each.function, each.arguments, each.options) for each in self._waiting)
        return dict(each for each in found if each is not None)

    def _prepare(self, order: column_order.Order) -> None:
        migration, told = self._migration, self.arguments
        name = migration.name(self.table_name, self.schema)
        if told.copy_from is not None:
            copied_structure.take_over(migration, name, told.copy_from)
        else:
            if told.reflect_args or told.reflect_kwargs:
                overrides.apply(migration, name, told.reflect_args, told.reflect_kwargs)
            if told.naming_convention:
                conventional_names.give(migration, name)
        order.begin()
        if migration.dialect.name == "sqlite":
            self._at_first = migration.table(name)

    def _finish(self, order: column_order.Order) -> None:
        migration, told = self._migration, self.arguments
        self._restore()
        table_arguments.add_missing(migration, self.table_name, self.schema, told.table_args)
        table_arguments.set_options(migration, self.table_name, self.schema, told.table_kwargs)
        order.establish()
        if self._adds_column_with_key():
            order.rewrite()

    def _adds_column_with_key(self) -> bool:
        """Whether SQLite would take a foreign key along with its column, and write it inside.

        SQLAlchemy's reflection finds neither the name nor the actions of such a key, so that
        Flask-Migrate would see a difference from then on.
        """
        functions = {each.function for each in self._waiting}
        made = {columns.add_column, constraints.create_foreign_key}
        return self._migration.dialect.name == "sqlite" and made <= functions


def _in_order(waiting: Sequence[_Waiting]) -> list[_Waiting]:
    """What is dropped with a column, and by a call of its own, goes first by that call."""
    found = list(waiting)
    first = next((n for n, each in enumerate(found) if each.function is columns.drop_column), None)
    if first is None:
        return found
    made = {each.arguments[0] for each in found if each.function not in _DROPS and each.arguments}
    early = [
        each for each in found[first:] if each.function in _DROPS and each.arguments[0] not in made
    ]
    rest = [each for each in found[first:] if each not in early]
    return [*found[:first], *early, *rest]


def _brings_more(column: sa.Column[Any]) -> bool:
    """Whether more than a plain column comes: constraints, or a value that has to be computed."""
    default = column.server_default
    if isinstance(default, sa.Computed) and default.persisted:
        return True
    if isinstance(default, sa.DefaultClause) and not isinstance(default.arg, str):
        return True
    checked = getattr(column.type, "create_constraint", False)
    return bool(column.foreign_keys or column.constraints or column.unique or checked)
