"""`Rewriter`: functions that change operations on their way into a revision file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from flaskmig.engine.calls.custom.ops import MigrateOperation

__all__ = ["Rewriter"]

F = TypeVar("F", bound=Callable[..., Any])


class Rewriter:
    """Rewrites operations by their class: a function for each class that is registered.

    Such a function is given the context, the revision and the operation, and returns what comes
    in its place: an operation, a list of them, or None for nothing.
    """

    def __init__(self) -> None:
        self._functions: dict[type, Callable[..., Any]] = {}
        self._chained: tuple[Callable[..., Any], ...] = ()

    def rewrites(self, operator: type) -> Callable[[F], F]:
        """Have the function below rewrite operations of a class."""

        def register(function: F) -> F:
            self._functions[operator] = function
            return function

        return register

    def chain(self, other: Callable[..., Any]) -> Rewriter:
        """A rewriter that does what this one does, and then the other."""
        both = Rewriter()
        both._functions = self._functions
        both._chained = (*self._chained, other)
        return both

    def __call__(self, context: Any, revision: Any, directives: list[Any]) -> None:
        """Rewrite the list in place: scripts with operations in them, or operations."""
        directives[:] = self._all(context, revision, directives)
        for other in self._chained:
            other(context, revision, directives)

    process_revision_directives = __call__

    def _all(self, context: Any, revision: Any, found: Sequence[Any]) -> list[Any]:
        rewritten: list[Any] = []
        for each in found:
            for result in self._rewritten(context, revision, each):
                self._open(context, revision, result)
                rewritten.append(result)
        return rewritten

    def _open(self, context: Any, revision: Any, directive: Any) -> None:
        """Rewrite what is inside of a container or a script, in place."""
        lists = [directive] if hasattr(directive, "ops") else []
        for name in ("upgrade_ops", "downgrade_ops"):
            inner = getattr(directive, name, None)
            if inner is not None:
                lists.append(inner)
        for each in lists:
            each.ops = self._all(context, revision, each.ops)

    def _rewritten(self, context: Any, revision: Any, directive: Any) -> Iterator[Any]:
        function = self._function(directive)
        if function is None:
            yield directive
            return
        result = function(context, revision, directive)
        if isinstance(result, list | tuple):
            yield from result
        elif result is not None:
            yield result

    def _function(self, directive: MigrateOperation) -> Callable[..., Any] | None:
        for kind in type(directive).__mro__:
            if kind in self._functions:
                return self._functions[kind]
        return None
