"""Imports of a revision file: modules of ours under names that an installed package may have.

They are found while a revision file loads or runs, by what runs in that context and by nothing
else: another thread, and the same program before and after, get what is installed.
`sys.modules` is left as it is.
"""

from __future__ import annotations

import builtins
import importlib
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from contextvars import ContextVar
from importlib.util import resolve_name
from types import ModuleType
from typing import Any

from flaskmig.errors import FlaskmigError

_SERVED: ContextVar[Mapping[str, ModuleType] | None] = ContextVar("flaskmig_served", default=None)

# Written for the package that is installed, and never for a revision file.
_PEERS = frozenset({"flask_migrate"})


class Served(ModuleType):
    """A module that is ours inside of a revision file and the installed one outside.

    ``find`` gives what is called so here and raises AttributeError; ``names`` are those that
    ``import *`` takes. A module of the application
    that a revision file was the first to import keeps what it imported, and something else may
    call it later: there the module that is loaded under the same name answers.
    """

    def __init__(
        self, name: str, find: Callable[[str], Any], names: Callable[[], Iterable[str]]
    ) -> None:
        super().__init__(name, f"What {name} is inside of a revision file.")
        self.__dict__["_flaskmig_find"] = find
        self.__dict__["_flaskmig_names"] = names

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":
            return sorted(self._flaskmig_names())
        loaded = None if name.startswith("__") else installed(self.__name__)
        if loaded is not None and hasattr(loaded, name):
            return getattr(loaded, name)
        return self._flaskmig_find(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.__all__})

    def lending(self, loaded: ModuleType) -> AbstractContextManager[None]:
        """Have ``loaded``, the installed module, answer revision files as this one does.

        For modules that imported it before. By default nothing is done.
        """
        return nullcontext()


def is_inside() -> bool:
    """Whether what runs here was called by a revision file, or is one."""
    return _SERVED.get() is not None


def installed(name: str) -> ModuleType | None:
    """The installed module of a name, if it is loaded; None inside of a revision file."""
    return None if is_inside() else sys.modules.get(name)


def outside(name: str) -> ModuleType | None:
    """The installed module of a name, imported; None inside of a revision file, or without it.

    For what a module of the application, which a revision file was the first to import, does
    with it at another time.
    """
    return None if is_inside() else the_real(name)


def the_real(name: str) -> ModuleType | None:
    """The installed module of a name, imported, whatever runs here; None where there is none."""
    token = _SERVED.set(None)
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
    finally:
        _SERVED.reset(token)


def served(name: str) -> ModuleType | None:
    """The module that imports of ``name`` give here; None outside of a revision file."""
    modules = _SERVED.get()
    return None if modules is None else modules.get(name)


@contextmanager
def serving(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """Have imports in this context find ``modules`` until the end of the block.

    They are by full name, packages among them, and stand for all of a package: another name
    that begins as theirs do raises ImportError.
    """
    if not modules:
        yield
        return
    token = _SERVED.set(modules)
    try:
        with _HOOK.installed(modules):
            yield
    finally:
        _SERVED.reset(token)


@contextmanager
def held_ready(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """Inside of this `serving` of the modules has little left to do, file by file.

    Nothing finds them by this alone.
    """
    if not modules:
        yield
        return
    with _HOOK.installed(modules):
        yield


class _Hook:
    """The import function of the interpreter, ours for as long as a revision file needs it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = set[object]()
        self._lent: dict[str, ModuleType] = {}
        self._undo = ExitStack()

    @contextmanager
    def installed(self, modules: Mapping[str, ModuleType]) -> Iterator[None]:
        """Install it for the block, once for all that run beside each other."""
        user = object()
        try:
            with self._lock:
                self._install(user, modules)
            yield
        finally:
            with self._lock:
                self._users.discard(user)
                if not self._users:
                    self._lent.clear()
                    self._undo.close()

    def _install(self, user: object, modules: Mapping[str, ModuleType]) -> None:
        is_first = not self._users
        self._users.add(user)
        if is_first:
            self._undo.enter_context(_replaced(builtins, "__import__", _statement))
            self._undo.enter_context(_replaced(importlib, "import_module", _function))
        for name, module in modules.items():
            loaded = sys.modules.get(name)
            if loaded is None or self._lent.get(name) is loaded:
                continue
            if isinstance(module, Served):
                self._undo.enter_context(module.lending(loaded))
                self._lent[name] = loaded


_HOOK = _Hook()


@contextmanager
def _replaced(
    owner: ModuleType, name: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]
) -> Iterator[None]:
    before = getattr(owner, name)
    ours = wrap(before)
    setattr(owner, name, ours)
    try:
        yield
    finally:
        # Somebody who replaced it meanwhile has ours below his own: it lets everything pass.
        if getattr(owner, name) is ours:
            setattr(owner, name, before)


def _statement(original: Callable[..., Any]) -> Callable[..., Any]:
    def __import__(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        modules = _SERVED.get()
        if modules is None or level or not _is_ours(name, modules, globals):
            found: ModuleType = original(name, globals, locals, fromlist, level)
            return found
        module = _found(name, modules)
        if not fromlist:
            return _found(name.partition(".")[0], modules)
        for each in fromlist:
            if each != "*" and not hasattr(module, each):
                raise ImportError(not_served(f"{name}.{each}"), name=name)
        return module

    return __import__


def _function(original: Callable[..., Any]) -> Callable[..., Any]:
    def import_module(name: str, package: str | None = None) -> ModuleType:
        modules = _SERVED.get()
        full = resolve_name(name, package) if package and name.startswith(".") else name
        if modules is None or not _is_ours(full, modules, None):
            found: ModuleType = original(name, package)
            return found
        return _found(full, modules)

    return import_module


def _is_ours(
    name: str, modules: Mapping[str, ModuleType], importer: Mapping[str, object] | None
) -> bool:
    package = name.partition(".")[0]
    if package not in modules:
        return False
    asking = str((importer or {}).get("__name__", "")).partition(".")[0]
    # The installed package's own modules mean themselves.
    return asking != package and asking not in _PEERS


def _found(name: str, modules: Mapping[str, ModuleType]) -> ModuleType:
    module = modules.get(name)
    if module is None:
        raise ModuleNotFoundError(not_served(name), name=name)
    return module


def error_of_ours(error: Exception, modules: Mapping[str, ModuleType]) -> FlaskmigError | None:
    """The error of ours with the name, text and traceback of an installed package's; or None."""
    module = modules.get(type(error).__module__)
    kind = getattr(module, type(error).__name__, None)
    if not (isinstance(kind, type) and issubclass(kind, FlaskmigError)):
        return None
    made = kind.__new__(kind)
    FlaskmigError.__init__(made, str(error))
    vars(made).update(vars(error))
    return made.with_traceback(error.__traceback__)


def not_served(name: str) -> str:
    """What is said of a name that revision files cannot have."""
    return f"flaskmig does not serve {name} to revision files"
