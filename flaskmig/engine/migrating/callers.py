"""Which call of a revision file is running, and which one an error belongs to."""

from __future__ import annotations

import ast
import linecache
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType, FrameType, TracebackType

from flaskmig.engine.files.syntax import parse_source
from flaskmig.operations import Operation

_CALL = "flaskmig_call"


@dataclass(frozen=True, slots=True)
class Call:
    """A line of a revision file; ``line`` is 1-based, None where no frame is in the file."""

    path: str
    line: int | None = None
    in_try: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Callers:
    """Finds the calls of one revision file on the stack."""

    def __init__(self, path: str) -> None:
        self.path = path
        # By identity, with the code to keep it: to compare two means to go through both.
        self._catching: dict[int, tuple[CodeType, bool]] = {}

    def here(self) -> Call:
        """The innermost line of the file on the stack."""
        frames = list(self._frames())
        if not frames:
            return Call(self.path)
        in_try = any(self._has_try(frame) for frame in frames)
        return Call(self.path, frames[0].f_lineno, in_try)

    @contextmanager
    def blaming(self, held: Sequence[tuple[Operation, Call]]) -> Iterator[None]:
        """Have an error name the call among those held back that it belongs to."""
        try:
            yield
        except Exception as error:
            belongs_to(error, _guilty(held, str(error)))
            raise

    def _frames(self) -> Iterator[FrameType]:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self.path:
                yield frame
            frame = frame.f_back

    @cached_property
    def _functions_with_try(self) -> frozenset[int]:
        """The first lines of the functions that have a ``try`` in them."""
        text = "".join(linecache.getlines(self.path))
        if not text:
            text = Path(self.path).read_text(encoding="utf-8") if Path(self.path).exists() else ""
        if "try" not in text:
            return frozenset()
        return frozenset(
            line
            for function in ast.walk(parse_source(text))
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            and any(isinstance(node, ast.Try | ast.TryStar) for node in ast.walk(function))
            for line in _first_lines(function)
        )

    def _has_try(self, frame: FrameType) -> bool:
        code = frame.f_code
        if id(code) not in self._catching:
            found = _may_catch(code) and code.co_firstlineno in self._functions_with_try
            self._catching[id(code)] = (code, found)
        return self._catching[id(code)][1]


def belongs_to(error: Exception, call: Call) -> None:
    """Note with an error which call it belongs to, unless that was noted before."""
    if not hasattr(error, _CALL):
        setattr(error, _CALL, call)


def call_of(error: BaseException, path: str, traceback: TracebackType | None = None) -> Call:
    """The call in the file that the error belongs to, from its note or its traceback."""
    noted: Call | None = getattr(error, _CALL, None)
    if noted is not None:
        return noted
    line = None
    step = traceback if traceback is not None else error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == path:
            line = step.tb_lineno
        step = step.tb_next
    return Call(path, line)


def _may_catch(code: CodeType) -> bool:
    """Whether there is a ``try`` or a ``with`` in the code, or in that of what it defines.

    Where there is none, nobody has to read the file.
    """
    return bool(code.co_exceptiontable) or any(
        _may_catch(each) for each in code.co_consts if isinstance(each, CodeType)
    )


def _first_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[int]:
    # A decorated function's code begins at its first decorator.
    yield function.lineno
    for decorator in function.decorator_list:
        yield decorator.lineno


def _guilty(held: Sequence[tuple[Operation, Call]], message: str) -> Call:
    """The last call whose operation's parts the message names; else the last one.

    A rebuild carries out a whole list in one statement, and the database says which column or
    constraint the rows broke.
    """
    for dotted in (True, False):
        for operation, call in reversed(held):
            if any(_says(message, name, dotted) for name in _names(operation)):
                return call
    return held[-1][1]


def _says(message: str, name: str, dotted: bool) -> bool:
    """Whether the message names it: as ``table.column``, or as a word by itself."""
    before = r"\." if dotted else r"(?<!\w)"
    return re.search(rf"{before}{re.escape(name)}(?!\w)", message) is not None


def _names(operation: Operation) -> Iterator[str]:
    for attribute in ("column", "after", "constraint", "index"):
        part = getattr(operation, attribute, None)
        name = part if isinstance(part, str) else getattr(part, "name", None)
        if isinstance(name, str):
            yield name
        yield from getattr(part, "columns", ())
