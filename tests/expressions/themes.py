"""All forms, by theme: one table of the models each."""

from __future__ import annotations

from tests.expressions import (
    casts,
    exclusions,
    functions,
    layout,
    lists,
    logic,
    naming,
    numeric,
    structured,
    texts,
    times,
)
from tests.expressions.form import Form

_THEMES = (
    casts,
    exclusions,
    functions,
    layout,
    lists,
    logic,
    naming,
    numeric,
    structured,
    texts,
    times,
)


def themes(database: str) -> dict[str, tuple[Form, ...]]:
    """The forms that a database has, by the name of their table."""
    found = {
        module.__name__.rpartition(".")[2]: tuple(
            form for form in module.FORMS if database in form.databases
        )
        for module in _THEMES
    }
    return {theme: forms for theme, forms in found.items() if forms}


def count(database: str) -> int:
    """How many forms a database has."""
    return sum(map(len, themes(database).values()))
