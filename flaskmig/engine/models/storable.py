"""Strings of models that no database can hold, found before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterator
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
    for group in fields(schema):
        for item in getattr(schema, group.name):
            label = str(getattr(item, "name", item))
            for field, text in _texts(group.name, item):
                fault = unstorable(text)
                if not text and field in _NAMES:
                    fault = "a name is empty"
                if fault:
                    raise ConfigurationError(
                        f"{group.name.removesuffix('s')} {label!a}, {field} {text[:80]!a}: {fault}",
                        hint=UNSTORABLE_HINT if text else "give it a name",
                    )


def _texts(field: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every string in the value, with the name of the attribute that it is in."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(field, item)
    elif is_dataclass(value) and not isinstance(value, Source):
        kind: type = type(value)
        for name in _attributes(kind):
            yield from _texts(name, getattr(value, name))


@cache
def _attributes(type_: type) -> tuple[str, ...]:
    assert is_dataclass(type_)
    return tuple(field.name for field in fields(type_))
