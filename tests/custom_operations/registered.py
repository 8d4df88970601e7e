"""What files and plugins register is known to the whole process: here it is taken back."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import alembic.operations
from alembic.autogenerate import comparators, renderers

from flaskmig.engine.calls.batch import BatchOperations
from flaskmig.engine.calls.custom.operations import Operations
from flaskmig.engine.calls.custom.registry import IMPLEMENTATIONS

_OURS = (Operations, BatchOperations)
_PEERS = (alembic.operations.Operations, alembic.operations.BatchOperations)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is registered inside of this is forgotten at its end, here and by Alembic."""
    calls = [dict(each._registered) for each in _OURS]
    given = dict(IMPLEMENTATIONS._given)
    of_peers = [dict(vars(each)) for each in _PEERS]
    implementations = dict(alembic.operations.Operations._to_impl._registry)
    comparing, rendering = copy.deepcopy(comparators._registry), dict(renderers._registry)
    try:
        yield
    finally:
        for kind, before in zip(_OURS, calls, strict=True):
            _put_back(kind._registered, before)
        _put_back(IMPLEMENTATIONS._given, given)
        for peer, names in zip(_PEERS, of_peers, strict=True):
            _put_back_methods(peer, names)
        _put_back(alembic.operations.Operations._to_impl._registry, implementations)
        _put_back(renderers._registry, rendering)
        # A plugin that Alembic itself loads would compare in every later test of the process.
        comparators._registry = comparing


def _put_back(values: dict[Any, Any], before: dict[Any, Any]) -> None:
    values.clear()
    values.update(before)


def _put_back_methods(peer: type, before: dict[str, object]) -> None:
    """The methods that a class had, in the modules that have them as functions as well."""
    names, modules = peer._setups[peer]  # type: ignore[attr-defined]
    for name in vars(peer).keys() - before.keys():
        delattr(peer, name)
        names.discard(name)
        for values, _ in modules:
            values.pop(name, None)
    for name, value in before.items():
        if vars(peer)[name] is not value:
            setattr(peer, name, value)
