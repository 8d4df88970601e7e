"""Which function of a revision file serves a bind, and with what it is called."""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

from flaskmig.engine.files.managed import function_name
from flaskmig.engine.files.search_path import found_first
from flaskmig.engine.files.serving import error_of_ours, served, serving
from flaskmig.engine.migrating.steps import RevisionFiles, Step
from flaskmig.errors import InvalidRevisionFileError, IrreversibleError, OperationError

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project

_NO_PARAMETERS = inspect.Signature()
_NOT_SIMPLE = (
    inspect.CO_VARARGS
    | inspect.CO_VARKEYWORDS
    | inspect.CO_GENERATOR
    | inspect.CO_COROUTINE
    | inspect.CO_ITERABLE_COROUTINE
    | inspect.CO_ASYNC_GENERATOR
)


def run_revision(project: Project, files: RevisionFiles, step: Step, bind: str) -> None:
    """Load the file of a step and run what it has for the bind.

    Its imports, and those of what it calls, find the project's modules. Raises what
    `call_function` does, and InvalidRevisionFileError for a file that cannot be loaded.
    """
    with found_first(project.options.prepend_sys_path), serving(project.modules):
        module = files.load(step.revision.id, project.modules)
        try:
            call_function(module, step.direction, bind, step.revision.path)
        except Exception as error:
            # A module that has the installed package since before raises the errors of that.
            ours = error_of_ours(error, project.modules)
            if ours is None:
                raise
            raise ours from error


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
    args: tuple[object, ...] = ()
    kwargs: dict[str, object] = {}
    if not _is_simple(function):
        _require_plain(function, direction, path)
        arguments = _arguments(module, function, direction, bind, path)
        args, kwargs = arguments.args, arguments.kwargs
    try:
        function(*args, **kwargs)
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
    if callable(common) and "engine_name" in _signature(common).parameters:
        # Flask-Migrate's shape for several databases: it dispatches by name, and a bind that
        # was added after the file was written has no function there.
        own = f"{direction}_{function_name('', bind)[1:]}" if bind else f"{direction}_"
        return None if _is_split(module, direction) and not hasattr(module, own) else common
    return common if not bind else getattr(module, function_name(direction, bind), None)


def _is_split(module: ModuleType, direction: str) -> bool:
    """Whether there are functions for single binds, which the common one dispatches to."""
    return any(name.startswith(f"{direction}_") for name in vars(module))


def _signature(function: Callable[..., object]) -> inspect.Signature:
    if _is_simple(function):
        return _NO_PARAMETERS
    try:
        return inspect.signature(function)
    except (ValueError, TypeError):
        # A builtin that does not say; calling it tells.
        return _NO_PARAMETERS


def _is_simple(function: object) -> bool:
    """Whether it is a plain function without parameters, as in most files.

    Of one that nothing wraps or marks the code says so, and `inspect` takes longer to say it.
    """
    if not isinstance(function, FunctionType) or function.__dict__:
        return False
    code = function.__code__
    return not (code.co_argcount or code.co_kwonlyargcount or code.co_flags & _NOT_SIMPLE)


def _arguments(
    module: ModuleType, function: Callable[..., object], direction: str, bind: str, path: str
) -> inspect.BoundArguments:
    known = {"engine_name": bind, "op": getattr(module, "op", None) or served("alembic.op")}
    # Files for several databases always know which one it is.
    has_bind = bind != "" or _is_split(module, direction)
    arguments = inspect.BoundArguments(_signature(function), OrderedDict())
    for parameter in arguments.signature.parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if parameter.default is not parameter.empty:
            # op=None hides the module's own.
            is_hidden = parameter.name == "op" and parameter.default is None
            if not is_hidden and not (parameter.name == "engine_name" and has_bind):
                continue
        if parameter.name not in known:
            raise InvalidRevisionFileError(
                f"{path}: {function.__name__}() has a parameter {parameter.name}, and there is "
                "nothing to fill it with",
                path=path,
                line=getattr(getattr(function, "__code__", None), "co_firstlineno", None),
                hint="give the parameter a default",
            )
        arguments.arguments[parameter.name] = known[parameter.name]
    return arguments
