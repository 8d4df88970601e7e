"""``alembic.op``: the calls that Alembic has, each carried out at once.

Calls on one table are one list in a ``batch_alter_table`` block alone: what a file for Alembic
does between two calls may count on the first having been carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import Any

from flaskmig import op
from flaskmig.engine.calls.custom.operations import Operations
from flaskmig.engine.files.serving import installed
from flaskmig.engine.migrating.migration import current
from flaskmig.legacy.caught import as_alembic_raises

__all__ = [
    "add_column",
    "alter_column",
    "batch_alter_table",
    "bulk_insert",
    "create_check_constraint",
    "create_exclude_constraint",
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
    "f",
    "get_bind",
    "get_context",
    "implementation_for",
    "inline_literal",
    "invoke",
    "register_operation",
    "rename_table",
    "run_async",
]


def _at_once(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def carried_out(*arguments: Any, **options: Any) -> Any:
        theirs = installed("alembic.op")
        if theirs is not None:
            # A module that a revision file was the first to import, used by Alembic itself now.
            return getattr(theirs, call.__name__)(*arguments, **options)
        current().hold_nothing_back()
        with as_alembic_raises():
            return call(*arguments, **options)

    return carried_out


def _block(call: Callable[..., AbstractContextManager[Any]]) -> Callable[..., Any]:
    @wraps(call)
    @contextmanager
    def carried_out(*arguments: Any, **options: Any) -> Iterator[Any]:
        with as_alembic_raises(in_batch=True), call(*arguments, **options) as batch:
            yield batch

    return carried_out


add_column = _at_once(op.add_column)
alter_column = _at_once(op.alter_column)
batch_alter_table = _block(_at_once(op.batch_alter_table))
bulk_insert = _at_once(op.bulk_insert)
create_check_constraint = _at_once(op.create_check_constraint)
create_exclude_constraint = _at_once(op.create_exclude_constraint)
create_foreign_key = _at_once(op.create_foreign_key)
create_index = _at_once(op.create_index)
create_primary_key = _at_once(op.create_primary_key)
create_table = _at_once(op.create_table)
create_table_comment = _at_once(op.create_table_comment)
create_unique_constraint = _at_once(op.create_unique_constraint)
drop_column = _at_once(op.drop_column)
drop_constraint = _at_once(op.drop_constraint)
drop_index = _at_once(op.drop_index)
drop_table = _at_once(op.drop_table)
drop_table_comment = _at_once(op.drop_table_comment)
execute = _at_once(op.execute)
f = op.f
get_bind = _at_once(op.get_bind)
get_context = _at_once(op.get_context)
inline_literal = op.inline_literal
rename_table = _at_once(op.rename_table)


def invoke(operation: Any) -> Any:
    """Carry out an operation that is an object; see `Operations.invoke`."""
    current().hold_nothing_back()
    return Operations().invoke(operation)


def run_async(async_function: Callable[..., Any], *args: Any, **kw_args: Any) -> Any:
    """Run an asynchronous function to its end; see `Operations.run_async`."""
    current().hold_nothing_back()
    return Operations().run_async(async_function, *args, **kw_args)


implementation_for = Operations.implementation_for
register_operation = Operations.register_operation


def find(name: str) -> Callable[..., Any] | None:
    """The call that somebody registered under a name; None where nobody did."""
    if Operations.registered(name) is None:
        return None
    call: Callable[..., Any] = getattr(Operations(), name)
    return _at_once(call)
