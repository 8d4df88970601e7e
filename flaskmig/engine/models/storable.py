"""Strings of models that no database can hold, found before anything is made of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from flaskmig.dialects.base import UNSTORABLE_HINT, unstorable
from flaskmig.errors import ConfigurationError
from flaskmig.schema import Schema, Source

# What is no name where it is empty: a comment, a default, the value of an enum.
_NAMES = frozenset({"name", "table", "columns", "target_columns", "schemas"})


def refuse_unstorable(schema: Schema) -> None:
    """Raise ConfigurationError for a NUL, a lone surrogate, or a name that is empty."""
    good = set[str]()
    for group in fields(schema):
        for item in getattr(schema, group.name):
            for field, text in _texts(group.name, item, good):
                fault = unstorable(text)
                if not text and field in _NAMES:
                    fault = "a name is empty"
                if fault:
                    label = str(getattr(item, "name", item))
                    raise ConfigurationError(
                        f"{group.name.removesuffix('s')} {label!a}, {field} {text[:80]!a}: {fault}",
                        hint=UNSTORABLE_HINT if text else "give it a name",
                    )
                if text:
                    good.add(text)


def _texts(field: str, value: Any, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Every string in the value that is not known, with the name of the attribute it is in."""
    waiting = [(field, value)]
    while waiting:
        field, value = waiting.pop()
        kind: type = type(value)
        if kind is str:
            if value not in known:
                yield field, value
        elif kind is tuple:
            waiting += [(field, item) for item in value]
        elif (names := _attributes(kind)) is not None:
            for name, part in zip(names, names.of(value), strict=True):
                if part is None or part is False or part == ():
                    continue
                if type(part) is not str:
                    waiting.append((name, part))
                elif part not in known:
                    yield name, part


class _Attributes(tuple[str, ...]):
    """The names of attributes, all read at once."""

    of: Callable[[Any], tuple[Any, ...]]


@cache
def _attributes(type_: type) -> _Attributes | None:
    """The attributes that may hold strings for a database; None of what is no value of ours."""
    if not is_dataclass(type_) or type_ is Source:
        return None
    found = _Attributes(field.name for field in fields(type_))
    read = attrgetter(*found)
    found.of = read if len(found) > 1 else lambda value: (read(value),)
    return found
