"""Python's parser and compiler, as runs beside each other in one process may use them.

CPython counts how deep a tree is for all threads together, up to 3.12: where it goes to another
thread in the middle of one, which parses as well, it raises SystemError ("recursion depth
mismatch", CPython's issue 106905), though nothing is wrong with the source.
"""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable
from types import CodeType
from typing import TypeVar

T = TypeVar("T")

_ONE_AT_A_TIME = threading.RLock()
_TRIES = 3


def parse_source(source: bytes | str, path: str = "<unknown>") -> ast.Module:
    """The syntax tree of a source; raises what `ast.parse` does."""
    return _undisturbed(lambda: ast.parse(source, path))


def compile_tree(tree: ast.Module, path: str) -> CodeType:
    """The code of a tree; raises what `compile` does."""
    return _compiled(tree, path)


def compile_source(source: bytes, path: str) -> CodeType:
    """The code of a source, without a tree in between; raises what `compile` does."""
    return _compiled(source, path)


def _compiled(source: ast.Module | bytes, path: str) -> CodeType:
    code: CodeType = _undisturbed(lambda: compile(source, path, "exec", dont_inherit=True))
    return code


def _undisturbed(work: Callable[[], T]) -> T:
    for _ in range(_TRIES):
        try:
            with _ONE_AT_A_TIME:
                return work()
        except SystemError as error:
            # A thread of the application, which knows nothing of the lock.
            disturbed = error
    raise disturbed
