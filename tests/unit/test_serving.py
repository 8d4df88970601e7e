"""Imports of revision files, made ready for a whole run of them."""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import pytest

from flaskmig.engine.files.serving import Served, held_ready, serving

NAME = "flaskmig_served_here"


class Lent(Served):
    """Counts how often the installed module is made to answer."""

    def __init__(self) -> None:
        super().__init__(NAME, lambda name: name, tuple)
        self.__dict__["lent"] = []

    @contextmanager
    def lending(self, loaded: ModuleType) -> Iterator[None]:
        self.lent.append(loaded)
        try:
            yield
        finally:
            self.lent.append(None)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of that name, as if it were installed."""
    made = ModuleType(NAME)
    monkeypatch.setitem(sys.modules, NAME, made)
    return made


def test_nothing_is_found_between_two_files(installed: ModuleType) -> None:
    """In a run the installed module is found before, between and after the files."""
    module = Lent()
    before = builtins.__import__, importlib.import_module
    with held_ready({NAME: module}):
        for _ in range(2):
            assert importlib.import_module(NAME) is installed
            with serving({NAME: module}):
                assert importlib.import_module(NAME) is module
            assert __import__(NAME) is installed
    assert (builtins.__import__, importlib.import_module) == before


def test_lent_once(installed: ModuleType) -> None:
    """The installed module is made to answer once in a run, and as itself again at its end."""
    module = Lent()
    with held_ready({NAME: module}):
        for _ in range(3):
            with serving({NAME: module}):
                pass
        assert module.lent == [installed]
    assert module.lent == [installed, None]
    with serving({NAME: module}):
        assert module.lent == [installed, None, installed]


def test_loaded_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is imported, or imported anew, between two files answers the next of them."""
    module, first, second = Lent(), ModuleType(NAME), ModuleType(NAME)
    with held_ready({NAME: module}):
        for loaded in (first, second, second):
            monkeypatch.setitem(sys.modules, NAME, loaded)
            with serving({NAME: module}):
                assert module.lent[-1] is loaded
    assert [each for each in module.lent if each is not None] == [first, second]


def test_errors_leave_nothing_behind() -> None:
    """A run that ends with an error leaves the import function as it was."""
    before = builtins.__import__
    with pytest.raises(ZeroDivisionError), held_ready({NAME: Lent()}), serving({NAME: Lent()}):
        raise ZeroDivisionError
    assert builtins.__import__ is before
