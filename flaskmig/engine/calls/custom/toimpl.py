"""How the operations that come with `op` are carried out: by its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flaskmig.engine.calls import columns, constraints, data, indexes, tables
from flaskmig.engine.calls.custom import ops
from flaskmig.engine.calls.custom.registry import IMPLEMENTATIONS

__all__ = [
    "add_column",
    "alter_column",
    "bulk_insert",
    "create_check_constraint",
    "create_constraint",
    "create_foreign_key",
    "create_index",
    "create_primary_key",
    "create_table",
    "create_table_comment",
    "create_unique_constraint",
    "drop_column",
    "drop_constraint",
    "drop_index",
    "drop_table",
    "drop_table_comment",
    "execute",
    "execute_sql",
    "rename_table",
]


def create_table(operations: Any, operation: Any) -> Any:
    made = getattr(operation, "options", None)
    options = dict(made) if made is not None else _table_options(operation)
    options["schema"] = operation.schema
    if operation.if_not_exists is not None:
        options["if_not_exists"] = operation.if_not_exists
    items = getattr(operation, "items", operation.columns)
    return operations.call(tables.create_table, operation.table_name, *items, **options)


def drop_table(operations: Any, operation: Any) -> None:
    operations.call(
        tables.drop_table,
        operation.table_name,
        schema=operation.schema,
        if_exists=operation.if_exists,
    )


def rename_table(operations: Any, operation: Any) -> None:
    operations.call(
        tables.rename_table,
        operation.table_name,
        operation.new_table_name,
        schema=operation.schema,
    )


def create_table_comment(operations: Any, operation: Any) -> None:
    operations.call(
        tables.create_table_comment,
        operation.table_name,
        operation.comment,
        existing_comment=operation.existing_comment,
        schema=operation.schema,
    )


def drop_table_comment(operations: Any, operation: Any) -> None:
    operations.call(
        tables.drop_table_comment,
        operation.table_name,
        existing_comment=operation.existing_comment,
        schema=operation.schema,
    )


def add_column(operations: Any, operation: Any) -> None:
    operations.call(
        columns.add_column,
        operation.table_name,
        operation.column,
        schema=operation.schema,
        if_not_exists=operation.if_not_exists,
        **operation.kw,
    )


def drop_column(operations: Any, operation: Any) -> None:
    operations.call(
        columns.drop_column,
        operation.table_name,
        operation.column_name,
        schema=operation.schema,
        if_exists=operation.if_exists,
        **operation.kw,
    )


def alter_column(operations: Any, operation: Any) -> None:
    operations.call(
        columns.alter_column,
        operation.table_name,
        operation.column_name,
        schema=operation.schema,
        nullable=operation.modify_nullable,
        comment=operation.modify_comment,
        server_default=operation.modify_server_default,
        new_column_name=operation.modify_name,
        type_=operation.modify_type,
        existing_type=operation.existing_type,
        existing_server_default=operation.existing_server_default,
        existing_nullable=operation.existing_nullable,
        existing_comment=operation.existing_comment,
        **operation.kw,
    )


def create_index(operations: Any, operation: Any) -> None:
    operations.call(
        indexes.create_index,
        operation.index_name,
        operation.table_name,
        operation.columns,
        schema=operation.schema,
        unique=operation.unique,
        if_not_exists=operation.if_not_exists,
        **operation.kw,
    )


def drop_index(operations: Any, operation: Any) -> None:
    operations.call(
        indexes.drop_index,
        operation.index_name,
        operation.table_name,
        schema=operation.schema,
        if_exists=operation.if_exists,
        **operation.kw,
    )


def create_primary_key(operations: Any, operation: Any) -> None:
    operations.call(constraints.create_primary_key, *_keyed(operation), **_options(operation))


def create_unique_constraint(operations: Any, operation: Any) -> None:
    operations.call(constraints.create_unique_constraint, *_keyed(operation), **_options(operation))


def create_check_constraint(operations: Any, operation: Any) -> None:
    operations.call(
        constraints.create_check_constraint,
        operation.constraint_name,
        operation.table_name,
        operation.condition,
        **_options(operation),
    )


def create_foreign_key(operations: Any, operation: Any) -> None:
    operations.call(
        constraints.create_foreign_key,
        operation.constraint_name,
        operation.source_table,
        operation.referent_table,
        operation.local_cols,
        operation.remote_cols,
        **operation.kw,
    )


def drop_constraint(operations: Any, operation: Any) -> None:
    operations.call(
        constraints.drop_constraint,
        operation.constraint_name,
        operation.table_name,
        operation.constraint_type,
        schema=operation.schema,
        if_exists=operation.if_exists,
    )


def bulk_insert(operations: Any, operation: Any) -> None:
    data.bulk_insert(operation.table, operation.rows, multiinsert=operation.multiinsert)


def execute(operations: Any, operation: Any) -> None:
    data.execute(operation.sqltext, execution_options=operation.execution_options)


execute_sql = execute


def create_constraint(operations: Any, operation: Any) -> None:
    """Add a constraint of whatever kind the operation is of."""
    _CONSTRAINTS[type(operation).__name__](operations, operation)


def run_all(operations: Any, operation: Any) -> None:
    """Carry out the operations of a container in their order."""
    for each in operation.ops:
        operations.invoke(each)


def _keyed(operation: Any) -> tuple[Any, ...]:
    return operation.constraint_name, operation.table_name, operation.columns


def _options(operation: Any) -> dict[str, Any]:
    return {"schema": operation.schema, **operation.kw}


def _table_options(operation: Any) -> dict[str, Any]:
    """Those of an operation of Alembic's own class."""
    options = dict(operation.kw)
    for name in ("comment", "prefixes", "info"):
        value = getattr(operation, name, None)
        if value:
            options[name] = value
    return options


_CONSTRAINTS = {
    "CreatePrimaryKeyOp": create_primary_key,
    "CreateUniqueConstraintOp": create_unique_constraint,
    "CreateCheckConstraintOp": create_check_constraint,
    "CreateForeignKeyOp": create_foreign_key,
}
_CONTAINERS = ("OpContainer", "ModifyTableOps", "UpgradeOps", "DowngradeOps")

_FUNCTIONS: Mapping[type[ops.MigrateOperation], Callable[[Any, Any], Any]] = {
    ops.CreateTableOp: create_table,
    ops.DropTableOp: drop_table,
    ops.RenameTableOp: rename_table,
    ops.CreateTableCommentOp: create_table_comment,
    ops.DropTableCommentOp: drop_table_comment,
    ops.AddColumnOp: add_column,
    ops.DropColumnOp: drop_column,
    ops.AlterColumnOp: alter_column,
    ops.CreateIndexOp: create_index,
    ops.DropIndexOp: drop_index,
    ops.CreatePrimaryKeyOp: create_primary_key,
    ops.CreateUniqueConstraintOp: create_unique_constraint,
    ops.CreateCheckConstraintOp: create_check_constraint,
    ops.CreateForeignKeyOp: create_foreign_key,
    ops.DropConstraintOp: drop_constraint,
    ops.BulkInsertOp: bulk_insert,
    ops.ExecuteSQLOp: execute,
}

# The class of the operation that a call of `op` makes, by the name of the call.
CLASSES: Mapping[str, type[ops.MigrateOperation]] = {
    function.__name__: kind for kind, function in _FUNCTIONS.items()
}

for _kind, _function in _FUNCTIONS.items():
    IMPLEMENTATIONS.provide(_kind.__name__, _function)
for _name in _CONTAINERS:
    IMPLEMENTATIONS.provide(_name, run_all)
