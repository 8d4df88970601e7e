"""What `diff` and `snapshot` may be told to look at, besides the models and their database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from flaskmig.engine.commands import Side

Given: TypeAlias = "str | Path | Engine"
_WORDS = ("models", "database")


@contextmanager
def opened(*given: Given) -> Iterator[tuple[Side, ...]]:
    """The sides that are meant: "models", "database", a URL, an engine, or a snapshot's file.

    Engines that were made of a URL are disposed of at the end. Raises ConfigurationError for a
    URL that cannot be used.
    """
    made: list[Engine] = []
    try:
        yield tuple(_side(each, made) for each in given)
    finally:
        for engine in made:
            engine.dispose()


def _side(given: Given, made: list[Engine]) -> Side:
    from flaskmig.databases import synchronous_engine
    from flaskmig.engine.commands import DATABASE, MODELS, Side

    if given in _WORDS:
        return MODELS if given == "models" else DATABASE
    if isinstance(given, Path) or (isinstance(given, str) and "://" not in given):
        return Side(Path(given))
    engine = synchronous_engine(given)
    if isinstance(given, str):
        made.append(engine)
    return Side(engine)
