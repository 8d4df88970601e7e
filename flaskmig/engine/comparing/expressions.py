"""Names inside SQL expressions, found without a parser: enough to know what mentions a column."""

from __future__ import annotations

import re
from collections.abc import Collection

from flaskmig.schema.identifiers import identifier

_TOKEN = re.compile(
    r"""
      (?P<text>'(?:[^']|'')*')                        # a string literal, left alone
    | "(?P<quoted>(?:[^"]|"")+)"                      # a quoted identifier
    | (?P<cast>::\s*"?[A-Za-z_][\w$]*"?)              # the type after a cast is no column
    | (?P<bare>[A-Za-z_\u0080-\U0010ffff][\w$]*)(?P<call>\s*\()?
    """,
    re.VERBOSE,
)


def names_in(expression: str, wanted: Collection[str]) -> set[str]:
    """The names of ``wanted`` that the expression mentions as identifiers."""
    folded: dict[str, list[str]] = {}
    for name in wanted:
        folded.setdefault(name.lower(), []).append(name)
    found: set[str] = set()
    for match in _TOKEN.finditer(expression):
        if match["quoted"] is not None:
            name = match["quoted"].replace('""', '"')
            found |= {name} & set(wanted)
        elif match["bare"] is not None and match["call"] is None:
            found |= set(folded.get(match["bare"].lower(), ()))
    return found


def rename_in(expression: str, before: str, after: str) -> str:
    """The expression with one identifier renamed, as a database rewrites it."""
    spelled = identifier(after)

    def replaced(match: re.Match[str]) -> str:
        quoted, bare = match["quoted"], match["bare"]
        if quoted is not None and quoted.replace('""', '"') == before:
            return '"' + after.replace('"', '""') + '"'
        if bare is not None and match["call"] is None and bare.lower() == before.lower():
            return spelled
        return match[0]

    return _TOKEN.sub(replaced, expression)
