"""The parser, as threads beside each other use it."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable
from typing import Any

import pytest

from flaskmig.engine.files import syntax

MISMATCH = "AST constructor recursion depth mismatch (before=51, after=50)"


def failing(times: int, work: Callable[..., Any]) -> Callable[..., Any]:
    """The function, but the first calls are disturbed as CPython 3.11 can be."""
    left = [MISMATCH] * times

    def called(*arguments: Any, **options: Any) -> Any:
        if left:
            raise SystemError(left.pop())
        return work(*arguments, **options)

    return called


def test_a_thread_that_disturbs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing that another thread disturbs is done again; what fails each time is raised."""
    monkeypatch.setattr(ast, "parse", failing(2, ast.parse))
    assert ast.dump(syntax.parse_source("x = 1")) == ast.dump(compile("x = 1", "", "exec", 1024))
    monkeypatch.setattr(ast, "parse", failing(3, ast.parse))
    with pytest.raises(SystemError, match="mismatch"):
        syntax.parse_source("x = 1")


def test_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads never parse at once, and one that parses in the middle does not wait."""
    inside, most = [0], [0]
    parse = ast.parse

    def watched(source: str, path: str = "") -> ast.Module:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        if source == "outer":
            syntax.parse_source("inner")
            most[0] -= 1
        found = parse(source)
        inside[0] -= 1
        return found

    monkeypatch.setattr(ast, "parse", watched)
    threads = [threading.Thread(target=syntax.parse_source, args=("x = 1",)) for _ in range(20)]
    threads.append(threading.Thread(target=syntax.parse_source, args=("outer",)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_what_is_no_source() -> None:
    """Errors of the source are raised at once, as Python has them."""
    with pytest.raises(SyntaxError):
        syntax.parse_source("x = = 1")
    with pytest.raises(SyntaxError, match="outside"):
        syntax.compile_tree(syntax.parse_source("return 1"), "here.py")
    assert eval(syntax.compile_tree(syntax.parse_source("x = 1"), "here.py"), {}) is None
