"""What plugins register their functions with; those that autogenerate would call are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class Dispatcher:
    """Functions by the class, or the name, of what they are for."""

    def __init__(self) -> None:
        self._registry: dict[tuple[Any, str], Callable[..., Any]] = {}

    def dispatch_for(
        self, target: Any, *, qualifier: str = "default", replace: bool = False
    ) -> Callable[[F], F]:
        """Register the function below; raises ValueError where there is one already."""

        def register(function: F) -> F:
            if (target, qualifier) in self._registry and not replace:
                raise ValueError(f"{target!r} has a function already; say replace=True")
            self._registry[target, qualifier] = function
            return function

        return register

    def dispatch(self, obj: Any, qualifier: str = "default") -> Callable[..., Any]:
        """The function for an object, a class or a name; raises ValueError where none is."""
        if isinstance(obj, str):
            targets: tuple[Any, ...] = (obj,)
        else:
            targets = (obj if isinstance(obj, type) else type(obj)).__mro__
        for target in targets:
            for each in (qualifier, "default"):
                if (target, each) in self._registry:
                    return self._registry[target, each]
        raise ValueError(f"no function is registered for {obj!r}")

    def branch(self) -> Dispatcher:
        """A copy that is registered with by itself."""
        copied = Dispatcher()
        copied._registry.update(self._registry)
        return copied


class PriorityDispatcher:
    """Functions that compare, by what they compare; flaskmig compares by itself and calls none."""

    def __init__(self) -> None:
        self.registered: list[tuple[str, Callable[..., Any]]] = []

    def dispatch_for(self, target: str, **_: Any) -> Callable[[F], F]:
        """Keep the function below."""

        def register(function: F) -> F:
            self.registered.append((target, function))
            return function

        return register
