"""Texts that somebody else wrote, so that a terminal shows them and does nothing else."""

from __future__ import annotations

import unicodedata

# Control, format (which turns the direction of text, or hides it), surrogate, separators of
# lines and paragraphs; but scripts and emoji need the two joiners.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
JOINERS = frozenset("\u200c\u200d")
_LINES = frozenset("\n\t")


def is_unseen(character: str) -> bool:
    """Whether a reader cannot see the character, or it changes how others are seen."""
    return unicodedata.category(character) in UNSEEN and character not in JOINERS


def legible(text: str) -> str:
    """The text with escapes such as ``\\x1b`` for what a reader cannot see; lines stay lines."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(
        ascii(each)[1:-1] if each not in _LINES and is_unseen(each) else each for each in text
    )
