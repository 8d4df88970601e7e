"""Which function carries out an operation that is an object, by its class."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeAlias

from flaskmig.engine.calls.custom.ops import MigrateOperation
from flaskmig.errors import ConfigurationError

Implementation: TypeAlias = Callable[[Any, Any], Any]

_PEER = "alembic.operations.base"
_PEERS_OWN = "alembic."


class Implementations:
    """Functions by the class of the operation that they carry out."""

    def __init__(self) -> None:
        self._own: dict[str, Implementation] = {}
        self._given: dict[type, Implementation] = {}

    def provide(self, name: str, function: Implementation) -> None:
        """Say how operations of a class that comes with `op` are carried out, by its name."""
        self._own[name] = function

    def register(self, kind: type, function: Implementation, *, replace: bool) -> None:
        """Have a function carry out operations of a class.

        Raises ConfigurationError where there is one already, unless it is to be replaced.
        """
        taken = kind in self._given or self._is_own(kind)
        if taken and not replace:
            raise ConfigurationError(
                f"operations of {kind.__name__} have an implementation already",
                hint="say implementation_for(…, replace=True)",
            )
        self._given[kind] = function

    def replaced(self, name: str) -> bool:
        """Whether a class that comes with `op` is carried out by a function of someone else."""
        return any(kind.__name__ == name and self._is_own(kind) for kind in self._given)

    def find(self, operation: object, dialect: str) -> Implementation:
        """The function for an operation, by the nearest of its classes.

        Those of a module that was loaded with Alembic itself count too. Raises
        ConfigurationError where there is none.
        """
        for kind in type(operation).__mro__:
            if kind in self._given:
                return self._given[kind]
            if self._is_own(kind):
                return self._own[kind.__name__]
            if (found := _registered_with_peer(kind, dialect)) is not None:
                return found
        raise ConfigurationError(
            f"nothing says how an operation of {type(operation).__name__} is carried out",
            hint="register a function for it with Operations.implementation_for",
        )

    def _is_own(self, kind: type) -> bool:
        known = issubclass(kind, MigrateOperation) or kind.__module__.startswith(_PEERS_OWN)
        here = kind.__module__.startswith((__package__, _PEERS_OWN))
        return known and here and kind.__name__ in self._own


def _registered_with_peer(kind: type, dialect: str) -> Implementation | None:
    """What a plugin has registered with Alembic's own Operations, if that is loaded."""
    operations = getattr(sys.modules.get(_PEER), "Operations", None)
    registered = getattr(getattr(operations, "_to_impl", None), "_registry", {})
    for qualifier in (dialect, "default"):
        found: Implementation | None = registered.get((kind, qualifier))
        if found is not None:
            return found
    return None


IMPLEMENTATIONS = Implementations()
