"""The code of a revision file, with a syntax tree in between and without one."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import CodeType, MappingProxyType, ModuleType

import pytest

from flaskmig.engine.files import loading
from flaskmig.engine.files.loading import NO_MODULES, code_of
from flaskmig.errors import InvalidRevisionFileError
from tests.counts import rounds

SERVED = MappingProxyType({"alembic": ModuleType("alembic")})
PARTS = (
    b"revision = 'aaaa'",
    b"def upgrade():\n    return 1",
    b"def upgrade():\n    yield",
    b"async def upgrade():\n    await x",
    b"class C:\n    def f(self):\n        nonlocal y",
    b"return 1",
    b"x = = 1",
    b"x = (",
    b"\tx = 1",
    b"# -*- coding: latin-1 -*-",
    b"# coding: utf-7",
    b"# coding: nothing",
    b"s = '\xe4'",
    b"s = '\xc3\xa4'",
    b"s = '\\N{no such letter}'",
    b"\x00",
    b"\xef\xbb\xbf",
    b"from __future__ import annotations",
    b"from __future__ import nothing",
    b"break",
    b"x: int = " + b"(" * 250 + b"1" + b")" * 250,
    b"def f(a, a): pass",
    b"\x0c\rx = 2",
    b"'''",
)


def outcome(make: Callable[[], CodeType]) -> object:
    """What a file comes to: its code without the place in memory, or what is said of it."""
    try:
        code = make()
    except InvalidRevisionFileError as error:
        return error.message, error.line, error.hint
    return told(code)


def told(code: CodeType) -> object:
    constants = [told(each) if isinstance(each, CodeType) else each for each in code.co_consts]
    return code.co_name, code.co_filename, code.co_code, code.co_names, repr(constants)


@pytest.mark.parametrize("number", range(rounds(150, 3000)))
def test_the_same_without_a_tree(number: int) -> None:
    """A file has the same code, or the same error in the same line, by either way."""
    choose = random.Random(number)
    lines = [choose.choice(PARTS) for _ in range(choose.randint(1, 4))]
    content = choose.choice((b"\n", b"\r\n", b"\n\n")).join(lines)
    short = outcome(lambda: code_of(content, "here.py", SERVED))
    assert short == outcome(lambda: code_of(content, "here.py", NO_MODULES))


def test_one_that_needs_no_tree_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that Python can compile is not parsed first where Alembic is served to it."""
    monkeypatch.setattr(loading, "parse", None)
    assert code_of(b"x = 1", "here.py", SERVED).co_names == ("x",)
    with pytest.raises(TypeError):
        code_of(b"x = 1", "here.py", NO_MODULES)
