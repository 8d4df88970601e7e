"""The installed Alembic's modules, answering revision files as ours do.

A module of the application that was imported before, with Alembic itself, has Alembic's ``op``,
or single functions of it. When a revision file calls it, they have to act on our migration, and
for everything else on what they did before: another thread may be running Alembic.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType, ModuleType
from typing import Any

from flaskmig.engine.files.serving import served


class _Lent(ModuleType):
    """The class of such a module for as long as revision files run."""

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_"):
            ours = served(super().__getattribute__("__name__"))
            if ours is not None:
                return getattr(ours, name)
        return super().__getattribute__(name)


class _Call:
    """What one of its functions does meanwhile, for those who imported it by its name."""

    def __init__(self, module: ModuleType, name: str, function: FunctionType) -> None:
        self._module = module.__name__
        self._name = name
        self._own = FunctionType(function.__code__, function.__globals__, name)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        ours = served(self._module)
        call = self._own if ours is None else getattr(ours, self._name)
        return call(*arguments, **options)


@contextmanager
def lending(loaded: ModuleType) -> Iterator[None]:
    """Have the loaded module answer revision files, until the end of the block."""
    if type(loaded) is not ModuleType:
        # Lent already, by another run beside this one; or no module as others are.
        yield
        return
    before = {
        function: function.__code__
        for name, function in vars(loaded).items()
        if not name.startswith("_") and _is_function_of(loaded, function)
    }
    for function in before:
        # Who has the function keeps it, so it is the function itself that has to change.
        function.__code__ = _calling(_Call(loaded, function.__name__, function))
    loaded.__class__ = _Lent
    try:
        yield
    finally:
        loaded.__class__ = ModuleType
        for function, code in before.items():
            function.__code__ = code


def _is_function_of(module: ModuleType, value: object) -> bool:
    if not isinstance(value, FunctionType):
        return False
    return value.__globals__ is vars(module) and not value.__code__.co_freevars


def _template(*arguments: Any, **options: Any) -> Any:
    call: Any = "the call"
    return call(*arguments, **options)


def _calling(call: _Call) -> CodeType:
    code = _template.__code__
    constants = tuple(call if each == "the call" else each for each in code.co_consts)
    return code.replace(co_consts=constants)
