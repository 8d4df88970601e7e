"""``batch_alter_table``: the calls on one table, carried out together at the end of the block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

import sqlalchemy as sa

from flaskmig.engine.calls import columns, constraints, indexes, tables
from flaskmig.engine.calls.batch_queue import Arguments, Queue
from flaskmig.engine.calls.custom.abstract import AbstractOperations
from flaskmig.engine.calls.spellings import spelled
from flaskmig.engine.migrating.migration import current


class BatchOperations(AbstractOperations):
    """The calls of `flaskmig.op` without the arguments that name the table.

    They wait for the end of the block; what the block does otherwise comes before them.
    """

    _registered: ClassVar[dict[str, Callable[..., Any]]] = {}
    _impl: Queue

    def call(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> None:
        """Have one of the calls of `op` wait for its turn."""
        self._impl.add(function, *arguments, **options)

    def add_column(
        self,
        column: sa.Column[Any],
        *,
        insert_before: str | None = None,
        insert_after: str | None = None,
        **options: Any,
    ) -> None:
        """Add a column: last, or where it is asked to be where the table is rebuilt."""
        self._impl.place(column.name, insert_before, insert_after)
        self._change(columns.add_column, column, **options)

    @spelled(old={"name": "new_column_name"}, then=["nullable"])
    def alter_column(
        self,
        column_name: str,
        *,
        insert_before: str | None = None,
        insert_after: str | None = None,
        **options: Any,
    ) -> None:
        """Change a column, which may be asked to be somewhere else where the table is rebuilt."""
        self._impl.place(column_name, insert_before, insert_after)
        self._change(columns.alter_column, column_name, **options)

    def drop_column(self, column_name: str, **options: Any) -> None:
        """Drop a column; the CHECK that its ``existing_type`` has a name for goes with it."""
        name = getattr(options.get("existing_type"), "name", None)
        if isinstance(name, str) and self._impl.dialect.name == "sqlite":
            self._on_table(constraints.drop_constraint, name, "check", if_exists=True)
        self._change(columns.drop_column, column_name, **options)

    @spelled(old={"name": "index_name"})
    def create_index(self, index_name: str | None, columns: Sequence[Any], **options: Any) -> None:
        self._on_table(indexes.create_index, index_name, columns, **options)

    @spelled(old={"name": "index_name"})
    def drop_index(self, index_name: str, **options: Any) -> None:
        self._on_table(indexes.drop_index, index_name, **options)

    @spelled(old={"name": "constraint_name", "cols": "columns"})
    def create_primary_key(
        self, constraint_name: str | None, columns: Sequence[str], **options: Any
    ) -> None:
        self._on_table(constraints.create_primary_key, constraint_name, columns, **options)

    @spelled(old={"name": "constraint_name", "local_cols": "columns"})
    def create_unique_constraint(
        self, constraint_name: str | None, columns: Sequence[str], **options: Any
    ) -> None:
        self._on_table(constraints.create_unique_constraint, constraint_name, columns, **options)

    @spelled(old={"name": "constraint_name"})
    def create_check_constraint(
        self, constraint_name: str | None, condition: Any, **options: Any
    ) -> None:
        self._on_table(constraints.create_check_constraint, constraint_name, condition, **options)

    @spelled(
        old={"name": "constraint_name", "referent": "referent_table"},
        then=[
            "referent_schema",
            "onupdate",
            "ondelete",
            "deferrable",
            "initially",
            "match",
        ],
    )
    def create_foreign_key(
        self,
        constraint_name: str | None,
        referent_table: str,
        local_cols: Sequence[str],
        remote_cols: Sequence[str],
        **options: Any,
    ) -> None:
        self._impl.add(
            constraints.create_foreign_key,
            constraint_name,
            self._impl.table_name,
            referent_table,
            local_cols,
            remote_cols,
            **{**options, "source_schema": self._impl.schema},
        )

    @spelled(old={"name": "constraint_name"})
    def create_exclude_constraint(
        self, constraint_name: str | None, *elements: Any, **options: Any
    ) -> None:
        self._on_table(constraints.create_exclude_constraint, constraint_name, *elements, **options)

    @spelled(old={"name": "constraint_name", "type": "type_"})
    def drop_constraint(
        self, constraint_name: str | None, type_: str | None = None, **options: Any
    ) -> None:
        self._on_table(constraints.drop_constraint, constraint_name, type_, **options)

    @spelled(then=["existing_comment"])
    def create_table_comment(
        self, comment: str | None, *, existing_comment: str | None = None
    ) -> None:
        self._change(tables.create_table_comment, comment, existing_comment=existing_comment)

    @spelled(then=["existing_comment"])
    def drop_table_comment(self, *, existing_comment: str | None = None) -> None:
        self._change(tables.drop_table_comment, existing_comment=existing_comment)

    def _change(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> None:
        """A call whose first argument is the table's name."""
        options["schema"] = self._impl.schema
        self._impl.add(function, self._impl.table_name, *arguments, **options)

    def _on_table(
        self, function: Callable[..., Any], name: str | None, *arguments: Any, **options: Any
    ) -> None:
        """A call whose second argument is the table's name."""
        options["schema"] = self._impl.schema
        self._impl.add(function, name, self._impl.table_name, *arguments, **options)


@contextmanager
def batch_alter_table(
    table_name: str,
    schema: str | None = None,
    recreate: str = "auto",
    partial_reordering: Sequence[Sequence[str]] | None = None,
    copy_from: sa.Table | None = None,
    table_args: Sequence[Any] = (),
    table_kwargs: Mapping[str, Any] | None = None,
    reflect_args: Sequence[Any] = (),
    reflect_kwargs: Mapping[str, Any] | None = None,
    naming_convention: Mapping[str, str] | None = None,
) -> Iterator[BatchOperations]:
    """Carry out the calls of the block on one table together: on SQLite in one rebuild.

    Nothing but the table's name is needed. The other arguments say more of the table and count
    where it is rebuilt: on SQLite where a call of the block is more than a new column or an
    index, and everywhere with ``recreate="always"``. With ``"never"`` a call that needs a rebuild
    raises UnsupportedOperationError.

    ``copy_from`` is what the table has before the calls, whatever the database says: what it
    does not have goes. ``reflect_args`` and ``reflect_kwargs`` are parts of the table that are
    to be otherwise than the database says. ``naming_convention`` gives names to constraints that
    have none. ``table_args`` are columns, constraints and indexes that the table has afterwards,
    ``table_kwargs`` its options then. ``partial_reordering`` are lists of columns that shall
    follow each other.

    Raises ValueError for a ``recreate`` that is none of the three.
    """
    arguments = Arguments(
        recreate=recreate,
        partial_reordering=tuple(tuple(each) for each in partial_reordering or ()),
        copy_from=copy_from,
        table_args=tuple(table_args),
        table_kwargs=dict(table_kwargs or {}),
        reflect_args=tuple(reflect_args),
        reflect_kwargs=dict(reflect_kwargs or {}),
        naming_convention=dict(naming_convention or {}),
    )
    queue = Queue(current(), table_name, schema, arguments)
    yield BatchOperations(None, queue)
    queue.carry_out()
