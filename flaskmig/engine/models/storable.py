"""Strings of models that no database can hold, found before anything is made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
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
        elif names := _attributes(kind):
            for name in names:
                part = getattr(value, name)
                if part is not None and part is not False:
                    waiting.append((name, part))


@cache
def _attributes(type_: type) -> tuple[str, ...]:
    """The attributes that may hold strings for a database; none of what is no value of ours."""
    if not is_dataclass(type_) or type_ is Source:
        return ()
    return tuple(field.name for field in fields(type_))
