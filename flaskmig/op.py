"""The calls of a revision file: ``from flaskmig import op``.

Each acts on the migration that is running; called with none, it raises ConfigurationError.
Names and arguments are those that existing revision files use. What files and plugins register
with `register_operation` is found here under its name too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flaskmig.engine.calls.batch import batch_alter_table
from flaskmig.engine.calls.columns import add_column, alter_column, drop_column
from flaskmig.engine.calls.constraints import (
    create_check_constraint,
    create_exclude_constraint,
    create_foreign_key,
    create_primary_key,
    create_unique_constraint,
    drop_constraint,
    rename_constraint,
)
from flaskmig.engine.calls.context import get_bind, get_context
from flaskmig.engine.calls.custom.operations import Operations
from flaskmig.engine.calls.custom.replacing import replaceable
from flaskmig.engine.calls.custom.toimpl import CLASSES
from flaskmig.engine.calls.data import bulk_insert, execute, f, inline_literal, sql_type
from flaskmig.engine.calls.declared import (
    alter_extension,
    create_extension,
    create_function,
    create_trigger,
    create_view,
    drop_extension,
    drop_function,
    drop_trigger,
    drop_view,
)
from flaskmig.engine.calls.indexes import create_index, drop_index, rename_index
from flaskmig.engine.calls.irreversible import irreversible
from flaskmig.engine.calls.objects import (
    alter_enum,
    alter_sequence,
    create_enum,
    create_schema,
    create_sequence,
    drop_enum,
    drop_schema,
    drop_sequence,
    rename_enum,
    rename_enum_value,
    rename_sequence,
)
from flaskmig.engine.calls.tables import (
    alter_table,
    create_table,
    create_table_comment,
    drop_table,
    drop_table_comment,
    rename_table,
)

__all__ = [
    "add_column",
    "alter_column",
    "alter_enum",
    "alter_extension",
    "alter_sequence",
    "alter_table",
    "batch_alter_table",
    "bulk_insert",
    "create_check_constraint",
    "create_enum",
    "create_exclude_constraint",
    "create_extension",
    "create_foreign_key",
    "create_function",
    "create_index",
    "create_primary_key",
    "create_schema",
    "create_sequence",
    "create_table",
    "create_table_comment",
    "create_trigger",
    "create_unique_constraint",
    "create_view",
    "drop_column",
    "drop_constraint",
    "drop_enum",
    "drop_extension",
    "drop_function",
    "drop_index",
    "drop_schema",
    "drop_sequence",
    "drop_table",
    "drop_table_comment",
    "drop_trigger",
    "drop_view",
    "execute",
    "f",
    "get_bind",
    "get_context",
    "implementation_for",
    "inline_literal",
    "invoke",
    "irreversible",
    "register_operation",
    "rename_constraint",
    "rename_enum",
    "rename_enum_value",
    "rename_index",
    "rename_sequence",
    "rename_table",
    "run_async",
    "sql_type",
]

implementation_for = Operations.implementation_for
register_operation = Operations.register_operation


def invoke(operation: Any) -> Any:
    """Carry out an operation that is an object; see `Operations.invoke`."""
    return Operations().invoke(operation)


def run_async(async_function: Any, *args: Any, **kw_args: Any) -> Any:
    """Run an asynchronous function to its end; see `Operations.run_async`."""
    return Operations().run_async(async_function, *args, **kw_args)


if not TYPE_CHECKING:
    for _name in CLASSES:
        globals()[_name] = replaceable(globals()[_name])

    def __getattr__(name: str) -> Any:
        if Operations.registered(name) is None:
            raise AttributeError(f"op has no {name}, and nothing of that name is registered")
        return getattr(Operations(), name)
