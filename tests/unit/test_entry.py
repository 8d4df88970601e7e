"""Functions of revision files: what they are called with."""

from __future__ import annotations

import functools
import inspect
from types import ModuleType
from typing import Any

import pytest

from flaskmig.engine.migrating import entry

TEXT = """
import functools

def plain(): seen.append("plain")
def of_op(op): seen.append(op)
def with_default(op=1): seen.append(op)
def named(*, op): seen.append(op)
def many(*args, **options): seen.append((args, options))
def engine(engine_name): seen.append(engine_name)
def generator(): yield
async def coroutine(): pass
async def generating(): yield
@functools.wraps(of_op)
def wrapped(*args): seen.append(args)
part = functools.partial(plain)
class Callable:
    def __call__(self, op): seen.append(op)
thing = Callable()
"""
NAMES = (
    "plain", "of_op", "with_default", "named", "many", "engine", "generator", "coroutine",
    "generating", "wrapped", "part", "thing",
)  # fmt: skip


def module() -> ModuleType:
    made = ModuleType("revision")
    made.__dict__.update(seen=[], op="op of the module")
    exec(TEXT, made.__dict__)
    return made


def called(made: ModuleType, name: str) -> object:
    """What the function of that name was called with, or what was said against it."""
    vars(made)["upgrade"] = getattr(made, name)
    try:
        entry.call_function(made, "upgrade", "", "here.py")
    except Exception as error:
        return type(error).__name__, str(error)
    return made.seen


@pytest.mark.parametrize("name", NAMES)
def test_the_same_as_by_inspection(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function is called, or refused, as the signature that Python reads of it says."""
    quick = called(module(), name)
    monkeypatch.setattr(entry, "_is_simple", lambda function: False)
    assert called(module(), name) == quick


@pytest.mark.parametrize("name", NAMES)
def test_simple_functions(name: str) -> None:
    """Only a function without parameters that runs when it is called needs no inspection."""
    function: Any = getattr(module(), name)
    is_plain = inspect.isfunction(function) and not inspect.signature(function).parameters
    runs = not (
        inspect.isgeneratorfunction(function)
        or inspect.iscoroutinefunction(function)
        or inspect.isasyncgenfunction(function)
    )
    assert not entry._is_simple(function) or (is_plain and runs)
    assert entry._is_simple(function) == (name == "plain")
    assert not entry._is_simple(functools.partial(module().plain))
