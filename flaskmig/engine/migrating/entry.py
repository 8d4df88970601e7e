"""Which function of a revision file serves a bind, and with what it is called."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

from flaskmig.engine.files.managed import function_name
from flaskmig.errors import InvalidRevisionFileError


def call_function(module: ModuleType, direction: str, bind: str, path: str) -> None:
    """Run what the file does for the bind; a file that has nothing for it does nothing.

    ``direction`` is "upgrade" or "downgrade", ``path`` the file for messages. Raises
    InvalidRevisionFileError for a function whose parameters nobody can fill.
    """
    function = _function(module, direction, bind)
    if function is not None:
        function(**_arguments(module, function, bind, path))


def _function(module: ModuleType, direction: str, bind: str) -> Callable[..., object] | None:
    common: Callable[..., object] | None = getattr(module, direction, None)
    if common is not None and "engine_name" in inspect.signature(common).parameters:
        # Flask-Migrate's shape for several databases: it dispatches by name, and a bind that
        # was added after the file was written has no function there.
        is_split = any(name.startswith(f"{direction}_") for name in vars(module))
        own = f"{direction}_{function_name('', bind)[1:]}" if bind else f"{direction}_"
        return None if is_split and not hasattr(module, own) else common
    return common if not bind else getattr(module, function_name(direction, bind), None)


def _arguments(
    module: ModuleType, function: Callable[..., object], bind: str, path: str
) -> dict[str, Any]:
    known = {"engine_name": bind, "op": getattr(module, "op", None)}
    arguments: dict[str, Any] = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if parameter.default is not parameter.empty:
            continue
        if parameter.name not in known:
            raise InvalidRevisionFileError(
                f"{path}: {function.__name__}() has a parameter {parameter.name}, and there is "
                "nothing to fill it with",
                path=path,
                line=getattr(getattr(function, "__code__", None), "co_firstlineno", None),
                hint="give the parameter a default",
            )
        arguments[parameter.name] = known[parameter.name]
    return arguments
