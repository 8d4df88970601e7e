"""Calls as older versions of Alembic spelled them.

Up to version 1.4 Alembic took other names for some parameters, and up to 1.11 it took by position
what has to be named today. Revision files are kept for years, so both still count.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_NONE: Mapping[str, str] = MappingProxyType({})


def spelled(
    *, old: Mapping[str, str] = _NONE, then: Sequence[str] = ()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Have a call take what it was once given as well.

    ``old`` are former names of parameters and what they are called today; ``then`` the keywords
    that could be given by position, in their order, after those that still can. The call raises
    TypeError for a parameter that is given twice.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        places = _places(function)

        @functools.wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            if places is not None and len(args) > places:
                given, more = args[:places], args[places:]
                _give(function, kwargs, dict(zip(then, more, strict=False)))
                # What is still too many is for Python to refuse.
                args = (*given, *more[len(then) :])  # type: ignore[assignment]
            for name in old.keys() & kwargs.keys():
                _give(function, kwargs, {old[name]: kwargs.pop(name)})
            return function(*args, **kwargs)

        return call

    return decorate


def _places(function: Callable[..., object]) -> int | None:
    """How many arguments go by position; None for any number."""
    parameters = inspect.signature(function).parameters.values()
    if any(each.kind is each.VAR_POSITIONAL for each in parameters):
        return None
    return sum(each.kind is each.POSITIONAL_OR_KEYWORD for each in parameters)


def _give(
    function: Callable[..., object], kwargs: dict[str, object], more: Mapping[str, object]
) -> None:
    for name, value in more.items():
        if name in kwargs:
            raise TypeError(f"{function.__name__}() got multiple values for argument {name!r}")
        kwargs[name] = value
