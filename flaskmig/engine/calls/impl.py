"""The running migration's ``impl``: what plugins for Alembic carry their operations out with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from flaskmig.engine.calls import columns, data, tables
from flaskmig.engine.migrating.migration import Migration

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect


class Impl:
    """Whole tables, columns, indexes and constraints made and dropped, each at once.

    Each method does what the call of `op` with that name does; ``table``, ``index`` and
    ``const`` are SQLAlchemy's objects.
    """

    # Both databases undo a change of the schema with the transaction that it was made in.
    transactional_ddl = True
    command_terminator = ";"

    def __init__(self, migration: Migration) -> None:
        self._migration = migration

    @property
    def dialect(self) -> SQLAlchemyDialect:
        """SQLAlchemy's dialect of the database."""
        return self._migration.sqlalchemy_dialect

    @property
    def __dialect__(self) -> str:
        return self.dialect.name

    @property
    def bind(self) -> Connection:
        """The connection, as ``op.get_bind()`` gives it."""
        connection: Connection = self._migration.connection()
        return connection

    @property
    def connection(self) -> Connection:
        return self.bind

    @property
    def as_sql(self) -> bool:
        """Whether statements are written down and not run."""
        return self._migration.as_sql

    def execute(self, sql: Any, execution_options: Mapping[str, Any] | None = None) -> None:
        """The same as ``op.execute``."""
        data.execute(sql, execution_options=execution_options)

    def _exec(
        self,
        construct: Any,
        execution_options: Mapping[str, Any] | None = None,
        multiparams: Sequence[Mapping[str, Any]] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        """``execute`` as plugins call it, with parameters for one run or for several."""
        clause = sa.text(construct) if isinstance(construct, str) else construct
        for values in multiparams or [params or {}]:
            if not values:
                self.execute(clause, execution_options)
            elif isinstance(clause, sa.TextClause):
                self.execute(clause.bindparams(**values), execution_options)
            elif isinstance(clause, sa.Insert | sa.Update):
                self.execute(clause.values(values), execution_options)
            else:
                self.execute(clause.params(values), execution_options)

    def static_output(self, text: str) -> None:
        """Write a text into the script of ``--sql``; nothing where statements are run."""
        if self.as_sql:
            self.execute(sa.text(text.replace(":", "\\:")))

    def bulk_insert(
        self, table: Any, rows: Sequence[Mapping[str, Any]], multiinsert: bool = True
    ) -> None:
        data.bulk_insert(table, rows, multiinsert=multiinsert)

    def create_table(self, table: sa.Table, **options: Any) -> None:
        self._carry_out(_ops().CreateTableOp.from_table(table), options)

    def drop_table(self, table: sa.Table, **options: Any) -> None:
        self._carry_out(_ops().DropTableOp.from_table(table), options)

    def create_index(self, index: sa.Index, **options: Any) -> None:
        self._carry_out(_ops().CreateIndexOp.from_index(index), options)

    def drop_index(self, index: sa.Index, **options: Any) -> None:
        self._carry_out(_ops().DropIndexOp.from_index(index), options)

    def add_constraint(self, const: sa.Constraint) -> None:
        self._carry_out(_ops().AddConstraintOp.from_constraint(const), {})

    def drop_constraint(self, const: sa.Constraint, **options: Any) -> None:
        self._carry_out(_ops().DropConstraintOp.from_constraint(const), options)

    def add_column(
        self,
        table_name: str,
        column: sa.Column[Any],
        *,
        schema: str | None = None,
        **options: Any,
    ) -> None:
        columns.add_column(table_name, column, schema=schema, **options)

    def drop_column(
        self,
        table_name: str,
        column: sa.Column[Any] | str,
        *,
        schema: str | None = None,
        **options: Any,
    ) -> None:
        name = column if isinstance(column, str) else column.name
        columns.drop_column(table_name, name, schema=schema, **options)

    def alter_column(self, table_name: str, column_name: str, **options: Any) -> None:
        """As ``op.alter_column``; the new name is ``name`` here."""
        if "name" in options:
            options["new_column_name"] = options.pop("name")
        columns.alter_column(table_name, column_name, **options)

    def rename_table(
        self, old_table_name: str, new_table_name: str, schema: str | None = None
    ) -> None:
        tables.rename_table(old_table_name, new_table_name, schema=schema)

    def create_table_comment(self, table: sa.Table) -> None:
        tables.create_table_comment(table.name, table.comment, schema=table.schema)

    def drop_table_comment(self, table: sa.Table) -> None:
        tables.drop_table_comment(table.name, schema=table.schema)

    def _carry_out(self, operation: Any, options: Mapping[str, Any]) -> None:
        """Carry it out as `op` does, also where a plugin's own way calls this one."""
        from flaskmig.engine.calls.custom import toimpl
        from flaskmig.engine.calls.custom.operations import Operations

        for name, value in options.items():
            setattr(operation, name, value)
        [call] = [name for name, kind in toimpl.CLASSES.items() if kind is type(operation)]
        getattr(toimpl, call)(Operations(), operation)


def _ops() -> Any:
    # Those import this module's neighbours, and few files need them.
    from flaskmig.engine.calls.custom import ops

    return ops
