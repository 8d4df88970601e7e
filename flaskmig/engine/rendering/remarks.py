"""What stands beside the calls of a revision file for those who read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from textwrap import wrap
from typing import TypeAlias

from flaskmig.operations import Operation

# What an operation loses, one sentence each.
Losses: TypeAlias = Callable[[Operation], Iterable[str]]


def lossy(sentences: Iterable[str], *, width: int) -> Iterator[str]:
    """Comment lines that say what a call loses; ``width`` is in characters."""
    for sentence in sentences:
        yield from comment(f"Lossy: {sentence}.", width=width)


def comment(text: str, *, width: int) -> list[str]:
    """The text as comment lines of that width, whatever names are in it.

    A name may hold any character. One that could end the line, or show it as something else
    than it is, is written as its escape.
    """
    return [f"# {line}" for line in wrap(printable(text), width - 2, break_on_hyphens=False)]


def printable(text: str) -> str:
    """The text in ASCII, with an escape for every other character."""
    return "".join(
        character if " " <= character <= "~" else ascii(character)[1:-1] for character in text
    )
