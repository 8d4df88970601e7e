"""A form of SQL expression: as models declare it, and with one token of its meaning changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sa

BOTH = ("sqlite", "postgresql")
SQLITE = ("sqlite",)
POSTGRESQL = ("postgresql",)

# SQL as text, or a function of the table's columns that makes what SQLAlchemy is given.
Written: TypeAlias = "str | Callable[[Any], Any]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """``places`` are where it stands: "default", "check", "where", "index", "generated", "exclude".

    ``type`` is that of the column which has it as its default or is generated from it.
    """

    name: str
    written: Written
    changed: Written
    places: tuple[str, ...]
    databases: tuple[str, ...]
    type: Any = None

    def text(self, *, changed: bool) -> Written:
        return self.changed if changed else self.written

    def objects(self) -> dict[str, str]:
        """The names of the columns, constraints and indexes that have it, by place."""
        return {place: f"{place}_{self.name}" for place in self.places}


def condition(
    name: str,
    written: Written,
    changed: Written,
    *,
    on: tuple[str, ...] = BOTH,
    places: tuple[str, ...] = ("check", "where"),
) -> Form:
    """Something true or false of a row."""
    return Form(name=name, written=written, changed=changed, places=places, databases=on)


def value(
    name: str,
    written: Written,
    changed: Written,
    type_: Any = sa.Text,
    *,
    on: tuple[str, ...] = BOTH,
    places: tuple[str, ...] = ("index", "generated"),
) -> Form:
    """A value that is computed from a row."""
    return Form(
        name=name, written=written, changed=changed, places=places, databases=on, type=type_
    )


def default(
    name: str, type_: Any, written: Written, changed: Written, *, on: tuple[str, ...] = BOTH
) -> Form:
    """A server default; a function is given no columns that it could use."""
    return Form(
        name=name, written=written, changed=changed, places=("default",), databases=on, type=type_
    )
