"""A form of view, function or trigger: as models declare it, and with one token changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sqlalchemy as sa

BOTH = ("sqlite", "postgresql")
SQLITE = ("sqlite",)
POSTGRESQL = ("postgresql",)

# SQL as text, or a function of the tables by name that makes a select().
Written: TypeAlias = "str | Callable[[Mapping[str, Any]], sa.sql.selectable.SelectBase]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewForm:
    """``options`` are those of flaskmig.View, or a function that makes them anew each time."""

    name: str
    written: Written
    changed: Written
    databases: tuple[str, ...] = BOTH
    options: Callable[[], dict[str, Any]] = field(default=dict)

    def text(self, *, changed: bool) -> Written:
        return self.changed if changed else self.written


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """A function or trigger as a whole statement."""

    name: str
    written: str
    changed: str
    databases: tuple[str, ...] = POSTGRESQL

    def text(self, *, changed: bool) -> str:
        return self.changed if changed else self.written


def view(
    name: str,
    written: Written,
    changed: Written,
    on: tuple[str, ...] = BOTH,
    options: Callable[[], dict[str, Any]] = dict,
) -> ViewForm:
    return ViewForm(name=name, written=written, changed=changed, databases=on, options=options)


def text(name: str, written: str, token: str, other: str, *, on: tuple[str, ...]) -> TextForm:
    """A function or trigger; changed, it has ``other`` in the place of the one ``token``."""
    assert written.count(token) == 1, (name, token)
    changed = written.replace(token, other)
    return TextForm(name=name, written=written, changed=changed, databases=on)
