"""How alike two names are, as a person would say it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from flaskmig.engine.comparing.renames.synonyms import meaning

SAME = 1.0
"""Only case, separators or a plural "s" differ."""
MEANT = 0.95
"""Other words for the same thing: phone and telephone, active and is_active."""
NEAR = 0.85
"""A slip of the pen: adress and address."""
WITHIN = 0.75
"""All words of one name are in the other: name and full_name."""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+")


def words(name: str) -> list[str]:
    """The words of a name, in lower case: ``userName2`` is user, name, 2."""
    return [word.lower() for word in _WORDS.findall(name)] or [name.lower()]


def likeness(before: str, after: str) -> float:
    """From 0.0, nothing alike, to 1.0, the same but for case, separators or a plural.

    Names that differ in a number or in one of several words are never near: line1 and line2,
    first_name and last_name mean different things.
    """
    left, right = words(before), words(after)
    if _singular("".join(left)) == _singular("".join(right)):
        return SAME
    if meaning(left) == meaning(right):
        return MEANT
    if {word for word in left if word.isdigit()} != {word for word in right if word.isdigit()}:
        return 0.5 * _ratio("".join(left), "".join(right))
    common = [word for word in left if word in right]
    rest_left = "".join(word for word in left if word not in common)
    rest_right = "".join(word for word in right if word not in common)
    if not rest_left or not rest_right:
        return 0.8
    rest = _ratio(rest_left, rest_right)
    if rest >= NEAR and min(len(rest_left), len(rest_right)) >= 4:
        return 0.9
    share = 2 * sum(map(len, common)) / (len("".join(left)) + len("".join(right)))
    return min(0.7, 0.6 * share + 0.5 * rest)


def _ratio(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _singular(name: str) -> str:
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    return name[:-1] if name.endswith("s") and len(name) > 3 else name
