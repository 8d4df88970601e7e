"""What `Operations` and `BatchOperations` have in common: registering operations and running them.

What is registered is known to the whole process from then on, as the modules that register it
are loaded once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

import sqlalchemy as sa

from flaskmig.engine.calls import context, data
from flaskmig.engine.calls.custom.asynchronous import run_async
from flaskmig.engine.calls.custom.registry import IMPLEMENTATIONS, Implementation
from flaskmig.engine.migrating.migration import current

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

_PEER = "alembic.operations.base"


class AbstractOperations:
    """The calls of a revision file as methods; they act on the migration that is running."""

    _registered: ClassVar[dict[str, Callable[..., Any]]] = {}

    def __init__(self, migration_context: Any = None, impl: Any = None) -> None:
        self._context = migration_context
        self._impl = impl

    @classmethod
    def register_operation(
        cls, name: str, sourcename: str | None = None
    ) -> Callable[[type[T]], type[T]]:
        """Add a call: the class method of that name, or of ``sourcename``, of the class below."""

        def register(kind: type[T]) -> type[T]:
            def call(operations: Any, *arguments: Any, **options: Any) -> Any:
                # Looked for when it is called: a class may be changed after it was registered.
                return getattr(kind, sourcename or name)(operations, *arguments, **options)

            call.__name__ = name
            call.__doc__ = getattr(kind, sourcename or name).__doc__
            cls._registered[name] = call
            return kind

        return register

    @classmethod
    def implementation_for(cls, op_cls: type, replace: bool = False) -> Callable[[F], F]:
        """Have the function below carry out operations of a class: ``(operations, operation)``.

        Raises ConfigurationError where there is one already, unless it is to be replaced.
        """

        def register(function: F) -> F:
            IMPLEMENTATIONS.register(op_cls, function, replace=replace)
            return function

        return register

    @classmethod
    def registered(cls, name: str) -> Callable[..., Any] | None:
        """The call that was registered under a name; None where none was.

        Those of modules that were loaded with Alembic itself count too.
        """
        found = cls._registered.get(name)
        if found is not None:
            return found
        peer = getattr(sys.modules.get(_PEER), cls.__name__, None)
        call: Callable[..., Any] | None = vars(peer).get(name) if peer is not None else None
        return call if callable(call) and not name.startswith("_") else None

    @property
    def migration_context(self) -> Any:
        return self._context if self._context is not None else context.get_context()

    @property
    def impl(self) -> Any:
        """What the context has under this name."""
        return self._impl if self._impl is not None else self.migration_context.impl

    def invoke(self, operation: Any) -> Any:
        """Carry out an operation that is an object; returns what its implementation does.

        Raises ConfigurationError for one of a class that nobody registered.
        """
        migration = current()
        migration.hold_nothing_back()
        found: Implementation = IMPLEMENTATIONS.find(operation, migration.dialect.name)
        return found(self, operation)

    def call(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """Carry out one of the calls of `op`, now or when it is its turn."""
        return function(*arguments, **options)

    def get_bind(self) -> Any:
        return context.get_bind()

    def get_context(self) -> Any:
        return self.migration_context

    def execute(self, sqltext: Any, *, execution_options: Mapping[str, Any] | None = None) -> None:
        data.execute(sqltext, execution_options=execution_options)

    def f(self, name: str) -> str:
        return data.f(name)

    def inline_literal(self, value: Any, type_: Any = None) -> Any:
        return data.inline_literal(value, type_)

    def run_async(self, async_function: Callable[..., Any], *args: Any, **kw_args: Any) -> Any:
        """Run an asynchronous function to its end; see `asynchronous.run_async`."""
        connection: sa.Connection = self.get_bind()
        return run_async(connection, async_function, *args, **kw_args)

    def __getattr__(self, name: str) -> Any:
        call = None if name.startswith("__") else type(self).registered(name)
        if call is None:
            raise AttributeError(
                f"{type(self).__name__} has no {name}: nothing of that name is registered"
            )

        def bound(*arguments: Any, **options: Any) -> Any:
            return call(self, *arguments, **options)

        return bound
