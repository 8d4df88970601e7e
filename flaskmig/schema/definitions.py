"""Reading the SQL text that makes a function or a trigger, as far as its name and its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import dedent
from typing import NamedTuple

from flaskmig.errors import OperationError
from flaskmig.schema.names import QualifiedName

_IDENTIFIER = r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)'
_NAME = rf"(?:(?P<schema>{_IDENTIFIER})\s*\.\s*)?(?P<name>{_IDENTIFIER})"
_SPACE = r"(?:\s|--[^\n]*\n|/\*.*?\*/)"
_FUNCTION = re.compile(
    rf"{_SPACE}*CREATE\s+(?:OR\s+REPLACE\s+)?(?P<kind>FUNCTION|PROCEDURE)\s+{_NAME}\s*(?P<open>\()",
    re.IGNORECASE | re.DOTALL,
)
# SQLite also has [names] and `names`.
_OTHER_QUOTES = r"\[[^\]]*\]|`(?:[^`]|``)+`"
_ANY_IDENTIFIER = rf"(?:{_IDENTIFIER}|{_OTHER_QUOTES})"
_ANY_NAME = rf"(?:(?P<schema>{_ANY_IDENTIFIER})\s*\.\s*)?(?P<name>{_ANY_IDENTIFIER})"
# Atomic, so that an ON inside of a comment or a name is none.
_PIECE = rf"(?>--[^\n]*\n|/\*.*?\*/|\"(?:[^\"]|\"\")+\"|{_OTHER_QUOTES}|.)"
_TRIGGER = re.compile(
    rf"{_SPACE}*CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP(?:ORARY)?\s+)?(?:CONSTRAINT\s+)?"
    rf"TRIGGER{_SPACE}+(?:IF\s+NOT\s+EXISTS\s+)?(?:{_ANY_IDENTIFIER}\s*\.\s*)?"
    rf"(?P<trigger>{_ANY_IDENTIFIER})(?![\w$]){_PIECE}*?(?<=\s)ON{_SPACE}+{_ANY_NAME}",
    re.IGNORECASE | re.DOTALL,
)
_REPLACES = re.compile(
    r"\A(\s*CREATE\s+)(?:OR\s+REPLACE\s+|TEMP(?:ORARY)?\s+)?((?:CONSTRAINT\s+)?\w+\s+)"
    r"(?:IF\s+NOT\s+EXISTS\s+)?",
    re.IGNORECASE,
)
_MODES = frozenset({"IN", "OUT", "INOUT", "VARIADIC"})
_WORD = re.compile(r'(?:"(?:[^"]|"")*"|[^\s"])+')
_LENGTH = re.compile(r"\([^)]*\)")
_DEFAULT = re.compile(r"\s*(?:\bDEFAULT\b|=).*\Z", re.IGNORECASE | re.DOTALL)


class FunctionText(NamedTuple):
    """``arguments`` is what stands between the parentheses, without defaults."""

    name: QualifiedName
    arguments: str
    definition: str


class TriggerText(NamedTuple):
    name: str
    table: QualifiedName
    definition: str


def tidy(sql: str) -> str:
    """The text without white space around it and without a semicolon at its end.

    Where it begins with a line break, it also loses the indentation that all its lines share: so
    it may be written between triple quotes at the indentation of the code around it.
    """
    if sql.startswith("\n"):
        sql = dedent(sql)
    return sql.strip().rstrip(";").rstrip()


def read_function(sql: str) -> FunctionText:
    """The name and arguments of the function or procedure that the text makes.

    ``definition`` is the text without OR REPLACE. Raises OperationError for another text.
    """
    text = tidy(sql)
    found = _FUNCTION.match(text)
    end = _closing(text, found.start("open")) if found else None
    if found is None or end is None:
        raise OperationError(
            f"this makes no function: {_short(text)}",
            hint='write the whole statement: "CREATE FUNCTION name(arguments) RETURNS …"',
        )
    inside = text[found.start("open") + 1 : end]
    arguments = ", ".join(_DEFAULT.sub("", part).strip() for part in split_arguments(inside))
    return FunctionText(_qualified(found), " ".join(arguments.split()), _without_replace(text))


def read_trigger(sql: str, *, folds: bool) -> TriggerText:
    """The name and table of the trigger that the text makes; ``folds`` bare names to lower case.

    ``definition`` is the text without OR REPLACE. Raises OperationError for another text.
    """
    text = tidy(sql)
    found = _TRIGGER.match(text)
    if found is None:
        raise OperationError(
            f"this makes no trigger: {_short(text)}",
            hint='write the whole statement: "CREATE TRIGGER name … ON table …"',
        )
    name = _plain(found["trigger"], folds)
    return TriggerText(name, _qualified(found, folds), _without_replace(text))


def read_signature(signature: str) -> tuple[QualifiedName, str]:
    """The name and the arguments in ``name(arguments)``, or in a name alone."""
    found = re.match(rf"\s*{_NAME}\s*(?:\((?P<arguments>.*)\))?\s*\Z", signature, re.DOTALL)
    if found is None:
        raise OperationError(
            f"{signature!r} is no function's name", hint='write it as "name(integer, text)"'
        )
    return _qualified(found), " ".join((found["arguments"] or "").split())


def _without_replace(text: str) -> str:
    """The text that makes the object where it is not there yet."""
    return _REPLACES.sub(r"\1\2", text, count=1)


def _qualified(found: re.Match[str], folds: bool = True) -> QualifiedName:
    schema = found["schema"]
    return QualifiedName(_plain(found["name"], folds), _plain(schema, folds) if schema else None)


def _plain(identifier: str, folds: bool) -> str:
    """The name that an identifier stands for."""
    if identifier.startswith("["):
        return identifier[1:-1]
    if identifier[0] in '"`':
        return identifier[1:-1].replace(identifier[0] * 2, identifier[0])
    return identifier.lower() if folds else identifier


def _closing(text: str, start: int) -> int | None:
    """The place of the parenthesis that closes the one at ``start``."""
    depth = 0
    for place, character in _outside_of_quotes(text, start):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place
    return None


def split_arguments(text: str) -> list[str]:
    """The arguments of a function, cut at the commas outside of parentheses and quotes."""
    cuts, depth = [-1], 0
    for place, character in _outside_of_quotes(text, 0):
        depth += (character in "([") - (character in ")]")
        if character == "," and not depth:
            cuts.append(place)
    found = [text[a + 1 : b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [part for part in found if part]


def same_arguments(first: str, second: str, spell: Callable[[str], str]) -> bool:
    """Whether the arguments of two functions may be the same; ``spell`` gives a type one spelling.

    Names of arguments may be left out, and so may IN and the lengths of types.
    """
    pairs = (split_arguments(first), split_arguments(second))
    if len(pairs[0]) != len(pairs[1]):
        return False
    return all(
        not _types(one, spell).isdisjoint(_types(other, spell))
        for one, other in zip(*pairs, strict=True)
    )


def _types(argument: str, spell: Callable[[str], str]) -> set[str]:
    """The types that an argument may have, as its first word may be its name."""
    words = [found[0] for found in _WORD.finditer(_LENGTH.sub("", argument))]
    if words[1:] and words[0].upper() in _MODES:
        del words[0]
    return {spell(" ".join(words[start:])) for start in (0, 1) if words[start:]}


def _outside_of_quotes(text: str, start: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    quote = ""
    for place in range(start, len(text)):
        character = text[place]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        else:
            found.append((place, character))
    return found


def _short(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 60 else f"{first[:57]}..."
