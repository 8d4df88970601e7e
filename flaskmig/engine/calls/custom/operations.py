"""`Operations`: the calls of a revision file as methods of an object."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from types import ModuleType
from typing import Any, ClassVar

from flaskmig.engine.calls import (
    batch,
    columns,
    constraints,
    data,
    declared,
    indexes,
    irreversible,
    objects,
    tables,
)
from flaskmig.engine.calls.batch import BatchOperations
from flaskmig.engine.calls.context import Context
from flaskmig.engine.calls.custom.abstract import AbstractOperations
from flaskmig.engine.calls.custom.replacing import replaceable
from flaskmig.engine.files.serving import outside
from flaskmig.engine.migrating.migration import current

__all__ = ["AbstractOperations", "BatchOperations", "Operations"]

_CALLS: tuple[ModuleType, ...] = (
    batch,
    columns,
    constraints,
    data,
    declared,
    indexes,
    irreversible,
    objects,
    tables,
)


class Operations(AbstractOperations):
    """What `op` has, and what was registered, as methods.

    Whatever context it is made with, it acts on the migration that is running.
    """

    _registered: ClassVar[dict[str, Callable[..., Any]]] = {}

    def __new__(cls, migration_context: Any = None, impl: Any = None) -> Any:
        """Alembic's own outside of revision files, where they are made for its own context."""
        theirs = _outside(migration_context)
        return super().__new__(cls) if theirs is None else theirs(migration_context, impl)

    @classmethod
    @contextmanager
    def context(cls, migration_context: Any) -> Iterator[Any]:
        """The operations for the time of a block, in which `op` acts on the same migration."""
        theirs = _outside(migration_context)
        if theirs is None:
            yield cls(migration_context)
        else:
            with theirs.context(migration_context) as made:
                yield made

    def __getattr__(self, name: str) -> Any:
        call = None if name in type(self)._registered else _call(name)
        return call if call is not None else super().__getattr__(name)


def _outside(migration_context: Any) -> Any:
    """Alembic's class where no revision file runs and the context is none of ours, else None."""
    if migration_context is None or isinstance(migration_context, Context):
        return None
    theirs = outside("alembic.operations.base")
    return None if theirs is None else theirs.Operations


def _call(name: str) -> Callable[..., Any] | None:
    """The call of `op` of that name, carried out at once."""
    for module in _CALLS:
        found = vars(module).get(name)
        if inspect.isfunction(found) and found.__module__ == module.__name__:
            return _at_once(replaceable(found))
    return None


def _at_once(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def carried_out(*arguments: Any, **options: Any) -> Any:
        current().hold_nothing_back()
        return call(*arguments, **options)

    return carried_out
