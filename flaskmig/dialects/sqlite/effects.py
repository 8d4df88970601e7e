"""What becomes of statements that SQLite runs outside of transactions only."""

from __future__ import annotations

from flaskmig.dialects.base import Effect, Repeatable
from flaskmig.sql import split, tokens

_REPEATABLE = frozenset({"VACUUM", "ANALYZE", "REINDEX", "PRAGMA", "ATTACH", "DETACH"})


def effect_of(statement: str) -> Effect | None:
    """That it may be run again, or None: VACUUM INTO is refused where its file is there."""
    if len(split(statement)) != 1:
        return None
    words = [token.keyword for token in tokens(statement)]
    if words[0] not in _REPEATABLE or (words[0] == "VACUUM" and "INTO" in words):
        return None
    return Repeatable()
