"""Statements compared, and written down as the expected files have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\w+|[^\s\w]")
_PLAIN = re.compile(r'"[a-z_][a-z0-9_]*"\Z')
# PostgreSQL's own spellings of types and SQLAlchemy's, and the marks of the drivers.
_SPELLINGS = (
    (re.compile(r"%\(\w+\)s(?:::[A-Z]+(?: WITHOUT TIME ZONE)?)?|(?<![:\w]):\w+"), "?"),
    (re.compile(r"\bcharacter varying\b", re.I), "varchar"),
    (re.compile(r"\btimestamp without time zone\b", re.I), "timestamp"),
    (re.compile("%%"), "%"),
)


def same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the statements are the same but for spaces, quotes and the case of words."""
    return [_words(each) for each in one] == [_words(each) for each in other]


def begins_with(text: str, beginning: str) -> bool:
    """Whether a text begins with another, but for spaces, quotes and the case of words."""
    words = _words(beginning)
    return _words(text)[: len(words)] == words


def changing(statements: Iterable[str]) -> tuple[str, ...]:
    """The statements but for those that only look, or set what SQLite is to look at."""
    return tuple(each for each in statements if not each.upper().startswith(("SELECT", "PRAGMA")))


def _words(sql: str) -> list[str]:
    for pattern, spelling in _SPELLINGS:
        sql = pattern.sub(spelling, sql)
    found = []
    for token in _TOKEN.findall(sql.strip().rstrip(";")):
        if _PLAIN.match(token):
            token = token[1:-1]
        found.append(token if token[0] in "'\"" else token.lower())
    return found


def section(title: str, statements: Sequence[str]) -> Iterator[str]:
    """The statements under a title, each on its line or lines."""
    yield f"-- {title}"
    for statement in statements:
        lines = (" ".join(line.split()) for line in statement.strip().splitlines())
        body = [line for line in lines if line]
        yield "\n".join([body[0], *(f"    {line}" for line in body[1:])]) + ";"
