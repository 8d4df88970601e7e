"""Asynchronous functions in revision files, on the connection that the migration has."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import sqlalchemy as sa

from flaskmig.errors import UnsupportedOperationError

T = TypeVar("T")

_WITH_AWAIT = (
    "close",
    "commit",
    "exec_driver_sql",
    "execute",
    "get_isolation_level",
    "invalidate",
    "rollback",
    "scalar",
    "scalars",
)


class AsyncFacade:
    """A connection with the methods of SQLAlchemy's AsyncConnection.

    What is awaited is done at once: the connection below is none that waits.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self.sync_connection = connection

    async def run_sync(self, function: Callable[..., T], *args: Any, **options: Any) -> T:
        """Call a function with the connection as SQLAlchemy's own, and return what it does."""
        return function(self.sync_connection, *args, **options)

    async def stream(self, *args: Any, **options: Any) -> Any:
        """The result, to be gone through with ``async for``."""
        return _Rows(self.sync_connection.execute(*args, **options))

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[Any]:
        with self.sync_connection.begin_nested() as savepoint:
            yield savepoint

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.sync_connection, name)
        if name not in _WITH_AWAIT:
            return found

        async def awaited(*args: Any, **options: Any) -> Any:
            return found(*args, **options)

        return awaited


class _Rows:
    """A result whose rows come one by one."""

    def __init__(self, result: Any) -> None:
        self._result = result

    async def __aiter__(self) -> AsyncIterator[Any]:
        for row in self._result:
            yield row

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._result, name)

        async def awaited(*args: Any, **options: Any) -> Any:
            return found(*args, **options)

        return awaited if callable(found) else found


def run_async(
    connection: sa.Connection,
    function: Callable[..., Awaitable[T]],
    *args: Any,
    **options: Any,
) -> T:
    """Run an asynchronous function to its end, with the connection as its first argument.

    Raises UnsupportedOperationError inside of a running event loop, which would have to wait
    for itself, and TypeError for a function that is not asynchronous.
    """
    if _is_in_a_loop():
        raise UnsupportedOperationError(
            "op.run_async() cannot wait inside of an event loop that is running",
            hint="upgrade outside of it: `flask db upgrade`, or asyncio.to_thread(upgrade)",
        )
    awaitable = function(AsyncFacade(connection), *args, **options)
    if not inspect.isawaitable(awaitable):
        raise TypeError(f"{function!r} is no asynchronous function")

    async def wait() -> T:
        return await awaitable

    return asyncio.run(wait())


def _is_in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
