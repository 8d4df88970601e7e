"""Which function of a revision file serves a bind, and with what it is called."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from flaskmig.engine.files.managed import function_name
from flaskmig.errors import InvalidRevisionFileError, IrreversibleError, OperationError


def call_function(module: ModuleType, direction: str, bind: str, path: str) -> None:
    """Run what the file does for the bind; a file that has nothing for it does nothing.

    ``direction`` is "upgrade" or "downgrade", ``path`` the file for messages. Raises
    InvalidRevisionFileError for a function whose parameters nobody can fill, IrreversibleError
    where there is a way up and none down, OperationError where the function ends the process.
    """
    function = _function(module, direction, bind)
    if function is None and direction == "downgrade" and _function(module, "upgrade", bind):
        raise IrreversibleError(
            f"{path} says how to upgrade{f' {bind}' if bind else ''} and not how to downgrade",
            hint="write its downgrade(), or restore a backup",
        )
    if function is None:
        return
    _require_plain(function, direction, path)
    arguments = _arguments(module, function, bind, path)
    try:
        function(**arguments)
    except SystemExit as end:
        # A process that ends with 0 would have said that the revision is applied.
        raise OperationError(
            f"{direction}() ends the process (SystemExit: {end.code})",
            hint="raise another exception where the revision cannot be run",
        ) from end


def _require_plain(function: object, direction: str, path: str) -> None:
    """Raise InvalidRevisionFileError for what is no function, or does nothing when it is called."""
    what = ""
    if not callable(function):
        what = f"{direction} is no function"
    elif inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        what = f"{direction}() has a yield in it, so that calling it runs nothing"
    elif inspect.iscoroutinefunction(function):
        what = f"{direction}() is async, so that calling it runs nothing"
    if what:
        raise InvalidRevisionFileError(
            f"{path}: {what}",
            path=path,
            line=getattr(getattr(function, "__code__", None), "co_firstlineno", None),
            hint="write it as a plain function: def upgrade():",
        )


def _function(module: ModuleType, direction: str, bind: str) -> Callable[..., object] | None:
    common: Callable[..., object] | None = getattr(module, direction, None)
    if callable(common) and "engine_name" in _parameters(common):
        # Flask-Migrate's shape for several databases: it dispatches by name, and a bind that
        # was added after the file was written has no function there.
        is_split = any(name.startswith(f"{direction}_") for name in vars(module))
        own = f"{direction}_{function_name('', bind)[1:]}" if bind else f"{direction}_"
        return None if is_split and not hasattr(module, own) else common
    return common if not bind else getattr(module, function_name(direction, bind), None)


def _parameters(function: Callable[..., object]) -> Mapping[str, inspect.Parameter]:
    try:
        return inspect.signature(function).parameters
    except (ValueError, TypeError):
        # A builtin that does not say; calling it tells.
        return {}


def _arguments(
    module: ModuleType, function: Callable[..., object], bind: str, path: str
) -> dict[str, Any]:
    known = {"engine_name": bind, "op": getattr(module, "op", None)}
    arguments: dict[str, Any] = {}
    for parameter in _parameters(function).values():
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
