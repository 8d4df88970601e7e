"""``batch_alter_table``: the calls on one table, carried out together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from flaskmig.engine.calls import columns as column_calls
from flaskmig.engine.calls import constraints, context, data, indexes, table_arguments, tables
from flaskmig.engine.migrating.migration import current

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


class Batch:
    """The calls of `flaskmig.op` without the arguments that name the table."""

    def __init__(self, table_name: str, schema: str | None) -> None:
        self.table_name = table_name
        self.schema = schema

    def add_column(
        self,
        column: sa.Column[Any],
        *,
        insert_before: str | None = None,
        insert_after: str | None = None,
        **options: Any,
    ) -> None:
        """Add a column; it comes last, wherever it is asked to be inserted."""
        _warn_of_place(insert_before, insert_after)
        column_calls.add_column(self.table_name, column, schema=self.schema, **options)

    def alter_column(
        self,
        column_name: str,
        *,
        insert_before: str | None = None,
        insert_after: str | None = None,
        **options: Any,
    ) -> None:
        """Change a column; it stays where it is, wherever it is asked to be inserted."""
        _warn_of_place(insert_before, insert_after)
        column_calls.alter_column(self.table_name, column_name, schema=self.schema, **options)

    def drop_column(self, column_name: str, **options: Any) -> None:
        column_calls.drop_column(self.table_name, column_name, schema=self.schema, **options)

    def create_index(self, index_name: str | None, columns: Sequence[Any], **options: Any) -> None:
        indexes.create_index(index_name, self.table_name, columns, schema=self.schema, **options)

    def drop_index(self, index_name: str, **options: Any) -> None:
        indexes.drop_index(index_name, self.table_name, schema=self.schema, **options)

    def create_primary_key(
        self, constraint_name: str | None, columns: Sequence[str], **options: Any
    ) -> None:
        constraints.create_primary_key(
            constraint_name, self.table_name, columns, schema=self.schema, **options
        )

    def create_unique_constraint(
        self, constraint_name: str | None, columns: Sequence[str], **options: Any
    ) -> None:
        constraints.create_unique_constraint(
            constraint_name, self.table_name, columns, schema=self.schema, **options
        )

    def create_check_constraint(
        self, constraint_name: str | None, condition: Any, **options: Any
    ) -> None:
        constraints.create_check_constraint(
            constraint_name, self.table_name, condition, schema=self.schema, **options
        )

    def create_foreign_key(
        self,
        constraint_name: str | None,
        referent_table: str,
        local_cols: Sequence[str],
        remote_cols: Sequence[str],
        **options: Any,
    ) -> None:
        constraints.create_foreign_key(
            constraint_name,
            self.table_name,
            referent_table,
            local_cols,
            remote_cols,
            source_schema=self.schema,
            **options,
        )

    def create_exclude_constraint(
        self, constraint_name: str | None, *elements: tuple[Any, str], **options: Any
    ) -> None:
        constraints.create_exclude_constraint(
            constraint_name, self.table_name, *elements, schema=self.schema, **options
        )

    def drop_constraint(
        self, constraint_name: str | None, type_: str | None = None, **options: Any
    ) -> None:
        constraints.drop_constraint(
            constraint_name, self.table_name, type_, schema=self.schema, **options
        )

    def create_table_comment(
        self, comment: str | None, *, existing_comment: str | None = None
    ) -> None:
        tables.create_table_comment(
            self.table_name, comment, existing_comment=existing_comment, schema=self.schema
        )

    def drop_table_comment(self, *, existing_comment: str | None = None) -> None:
        tables.drop_table_comment(
            self.table_name, existing_comment=existing_comment, schema=self.schema
        )

    def execute(self, sqltext: Any, *, execution_options: Mapping[str, Any] | None = None) -> None:
        data.execute(sqltext, execution_options=execution_options)

    def f(self, name: str) -> str:
        return data.f(name)

    def get_bind(self) -> Connection:
        return context.get_bind()

    def get_context(self) -> context.Context:
        return context.get_context()


@contextmanager
def batch_alter_table(
    table_name: str,
    schema: str | None = None,
    recreate: str = "auto",
    partial_reordering: Any = None,
    copy_from: sa.Table | None = None,
    table_args: Sequence[Any] = (),
    table_kwargs: Mapping[str, Any] | None = None,
    reflect_args: Sequence[Any] = (),
    reflect_kwargs: Mapping[str, Any] | None = None,
    naming_convention: Mapping[str, str] | None = None,
) -> Iterator[Batch]:
    """Carry out the calls of the block on one table together: on SQLite in one rebuild.

    Nothing but the table's name is needed. ``naming_convention`` names constraints that have no
    name in the database. ``table_args`` are constraints and indexes that the table has after a
    rebuild, ``table_kwargs`` its options then; as no rebuild is asked for on PostgreSQL, they
    only count there with ``recreate="always"``. The other arguments make up for what reflection
    loses; nothing is lost here, and they change nothing.
    """
    migration = current()
    is_rebuilt = recreate == "always" or (recreate == "auto" and migration.dialect.name == "sqlite")
    _warn_of_place(partial_reordering)
    with migration.batch(), migration.naming(naming_convention):
        yield Batch(table_name, schema)
        if is_rebuilt:
            table_arguments.add_missing(migration, table_name, schema, table_args)
            table_arguments.set_options(migration, table_name, schema, table_kwargs or {})


def _warn_of_place(*wanted: object) -> None:
    if any(wanted):
        current().warn_once(
            "columns keep their places and new ones come last: insert_before=, insert_after= and "
            "partial_reordering= are left out"
        )
