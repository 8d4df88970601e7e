"""Calls of `op` in whose place somebody registered another implementation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flaskmig.engine.calls.custom import toimpl
from flaskmig.engine.calls.custom.registry import IMPLEMENTATIONS

P = ParamSpec("P")
R = TypeVar("R")


def replaceable(call: Callable[P, R]) -> Callable[P, R]:
    """The call, or what was registered in its place with ``replace=True`` when it is called."""
    kind = toimpl.CLASSES.get(call.__name__)
    if kind is None:
        return call

    @wraps(call)
    def carried_out(*arguments: P.args, **options: P.kwargs) -> R:
        if not IMPLEMENTATIONS.replaced(kind.__name__):
            return call(*arguments, **options)
        from flaskmig.engine.calls.custom.operations import Operations

        made: R = getattr(kind, call.__name__)(Operations(), *arguments, **options)
        return made

    return carried_out
