"""``alembic.util``: small functions that revision files and helpers of theirs use."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn, TextIO

from sqlalchemy.engine import make_url
from sqlalchemy.util import asbool, immutabledict, memoized_property, to_list, unique_list

from flaskmig.engine.calls.command_errors import CommandError
from flaskmig.engine.files.naming import new_id
from flaskmig.legacy.dispatching import Dispatcher, PriorityDispatcher

__all__ = [
    "EMPTY_DICT",
    "DispatchPriority",
    "Dispatcher",
    "PriorityDispatcher",
    "asbool",
    "dedupe_tuple",
    "err",
    "format_as_comma",
    "immutabledict",
    "load_module_py",
    "load_python_file",
    "memoized_property",
    "msg",
    "not_none",
    "obfuscate_url_pw",
    "rev_id",
    "status",
    "to_list",
    "to_tuple",
    "unique_list",
    "warn",
    "warn_deprecated",
    "write_outstream",
]

EMPTY_DICT: immutabledict[Any, Any] = immutabledict()
rev_id = new_id


class DispatchPriority(IntEnum):
    """When a comparison of a plugin comes."""

    FIRST = 50
    MEDIUM = 25
    LAST = 10


def to_tuple(x: Any, default: Any = None) -> Any:
    """One, several or none as a tuple; a string is one."""
    if x is None:
        return default
    return tuple(x) if isinstance(x, Iterable) and not isinstance(x, str) else (x,)


def dedupe_tuple(tup: tuple[str, ...]) -> tuple[str, ...]:
    """The same without what comes again."""
    return tuple(dict.fromkeys(tup))


def not_none(value: Any) -> Any:
    """The value; raises AssertionError for None."""
    assert value is not None
    return value


def format_as_comma(value: str | Iterable[str] | None) -> str:
    """One, several or none as a text with commas."""
    return ", ".join(to_tuple(value, default=()))


def obfuscate_url_pw(input_url: str) -> str:
    """A database URL without its password."""
    return make_url(input_url).render_as_string(hide_password=True)


def write_outstream(stream: TextIO, *text: str | bytes, quiet: bool = False) -> None:
    """Write texts to a stream, and "?" for what it has no characters for."""
    encoding = getattr(stream, "encoding", None) or "ascii"
    for part in () if quiet else text:
        data = part if isinstance(part, bytes) else part.encode(encoding, "replace")
        stream.write(data.decode(encoding))


def msg(msg: str, newline: bool = True, flush: bool = False, quiet: bool = False) -> None:
    """Write what a revision file has to say to standard output."""
    write_outstream(sys.stdout, msg, "\n" if newline else "", quiet=quiet)
    if flush:
        sys.stdout.flush()


def err(message: str, quiet: bool = False) -> NoReturn:
    """Stop the command with a message."""
    raise CommandError(message)


def warn(msg: str, stacklevel: int = 2) -> None:
    warnings.warn(msg, UserWarning, stacklevel=stacklevel + 1)


def warn_deprecated(msg: str, stacklevel: int = 2) -> None:
    warnings.warn(msg, DeprecationWarning, stacklevel=stacklevel + 1)


@contextmanager
def status(status_msg: str, newline: bool = False, quiet: bool = False) -> Iterator[None]:
    """Say what is done in the block, and that it was done."""
    msg(f"{status_msg} ...", newline, flush=True, quiet=quiet)
    done = "  FAILED\n"
    try:
        yield
        done = "  done\n"
    finally:
        write_outstream(sys.stdout, done, quiet=quiet)


def load_python_file(dir_: str | os.PathLike[str], filename: str | os.PathLike[str]) -> ModuleType:
    """Load a file of a folder as a module, another revision file say; raises ImportError."""
    path = Path(dir_) / Path(filename).name
    if not path.exists():
        raise ImportError(f"there is no Python file {path}")
    return load_module_py(re.sub(r"\W", "_", path.name), path)


def load_module_py(module_id: str, path: str | os.PathLike[str]) -> ModuleType:
    """Load a file as a module of that name; `sys.modules` does not get it."""
    spec = importlib.util.spec_from_file_location(module_id, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{os.fspath(path)} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
