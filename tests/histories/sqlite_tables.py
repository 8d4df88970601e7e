"""What a stored CREATE TABLE of SQLite says, whoever wrote it and however.

Two texts that make the same table give equal values: where a constraint stands, quotes, the case
of keywords, and brackets around what needs none do not count. The order of columns does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

Tokens: TypeAlias = tuple[str, ...]

_TOKEN = re.compile(
    r"""--[^\n]* | /\*.*?\*/ | \s+
      | (?P<text>[xX]?'(?:[^']|'')*')
      | (?P<name>"(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\])
      | (?P<word>[^\W\d]\w* | \d+(?:\.\d+)?)
      | (?P<sign>\|\| | <> | != | <= | >= | == | ->> | -> | .)""",
    re.VERBOSE | re.DOTALL,
)
_STARTS = frozenset({"constraint", "primary", "unique", "check", "foreign"})
_OF_COLUMNS = _STARTS | {"not", "null", "default", "collate", "references", "generated", "as"}


def tokens(sql: str) -> Tokens:
    """The words and signs of a statement, names without quotes and all but strings in small."""
    found = []
    for match in _TOKEN.finditer(sql):
        if match.lastgroup == "name":
            quote = match.group()[-1]
            found.append(match.group()[1:-1].replace(quote * 2, quote).lower())
        elif match.lastgroup == "text":
            found.append(match.group())
        elif match.lastgroup is not None:
            found.append(match.group().lower())
    return tuple(found)


def table(sql: str) -> dict[str, object]:
    """The columns in their order, the constraints in none, and what follows the brackets."""
    every = tokens(sql)
    start = every.index("(")
    end = _closing(every, start)
    columns: list[tuple[str, Tokens, frozenset[Tokens]]] = []
    constraints = set[Tokens]()
    for part in _parts(every[start + 1 : end]):
        if part[0] in _STARTS:
            constraints.add(_constraint(part))
            continue
        name, type_, *clauses = part[0], *_clauses(part)
        own = set[Tokens]()
        for clause in clauses:
            if clause[:1] == ("null",):
                continue
            moved = _moved(name, clause)
            if moved is None:
                own.add(_bare_default(clause))
            else:
                constraints.add(moved)
        columns.append((name, type_, frozenset(own)))
    _forget_implied(columns, constraints)
    return {
        "columns": columns,
        "constraints": constraints,
        "options": frozenset(_parts(every[end + 1 :])),
    }


def _clauses(part: Tokens) -> Iterator[Tokens]:
    """The type of a column, then each of its clauses with the name of its constraint."""
    places: list[int] = []
    depth = 0
    for place, token in enumerate(part[1:], 1):
        depth += (token == "(") - (token == ")")
        before = part[place - 1]
        starts = depth == 0 and token in _OF_COLUMNS and token != ")"
        if token == "null" and before in ("not", "set", "default"):
            starts = False
        if token == "default" and before == "set":
            starts = False
        if token == "key" or (token == "as" and before == "always"):
            starts = False
        if before == "constraint" or (
            places and part[places[-1]] == "constraint" and place == places[-1] + 2
        ):
            starts = False
        if starts:
            places.append(place)
    ends = [*places, len(part)]
    yield part[1 : ends[0]]
    for start, end in pairwise(ends):
        yield part[start:end]


def _moved(column: str, clause: Tokens) -> Tokens | None:
    """A clause of a column as a constraint of its table; None where it is none."""
    name, rest = _named(clause)
    match rest[0]:
        case "primary":
            return _constraint((*name, "primary", "key", "(", column, *rest[2:], ")"))
        case "unique":
            return (*name, "unique", "(", column, ")", *rest[1:])
        case "references":
            return _constraint((*name, "foreign", "key", "(", column, ")", *rest))
        case "check":
            return _constraint(clause)
        case _:
            return None


def _named(clause: Tokens) -> tuple[Tokens, Tokens]:
    return (clause[:2], clause[2:]) if clause[0] == "constraint" else ((), clause)


def _constraint(part: Tokens) -> Tokens:
    name, rest = _named(part)
    if rest[0] == "check":
        return (*name, "check", "(", *_unwrapped(rest[1:]), ")")
    if rest[0] == "foreign":
        return (*name, *_without_pairs(rest))
    if rest[0] == "primary":
        return (*name, *(token for token in rest if token != "asc"))
    return part


def _without_pairs(rest: Tokens) -> Tokens:
    """A foreign key without what it says though it is so anyhow."""
    text = " ".join(rest)
    for said in ("on delete no action", "on update no action", "not deferrable"):
        text = text.replace(said, "")
    order = re.compile(r"(on delete (?:set \w+|\w+))")
    found = order.search(text)
    if found:
        text = f"{text.replace(found.group(), '')} {found.group()}"
    return tuple(text.split())


def _bare_default(clause: Tokens) -> Tokens:
    if clause[0] == "default" and len(clause) > 1 and clause[1] == "(":
        return ("default", *_unwrapped(clause[1:]))
    return clause


def _unwrapped(part: Tokens) -> Tokens:
    """What is in brackets, without those that enclose all of it."""
    while part[:1] == ("(",) and _closing(part, 0) == len(part) - 1:
        part = part[1:-1]
    return part


def _closing(part: Sequence[str], start: int) -> int:
    depth = 0
    for place in range(start, len(part)):
        depth += (part[place] == "(") - (part[place] == ")")
        if depth == 0:
            return place
    raise ValueError(f"no closing bracket in {' '.join(part)}")


def _parts(part: Tokens) -> Iterator[Tokens]:
    """What stands between the commas that are in no brackets."""
    depth = start = 0
    for place, token in enumerate(part):
        depth += (token == "(") - (token == ")")
        if token == "," and depth == 0:
            yield part[start:place]
            start = place + 1
    if part[start:]:
        yield part[start:]


def _forget_implied(
    columns: list[tuple[str, Tokens, frozenset[Tokens]]], constraints: set[Tokens]
) -> None:
    """SQLite says the same with and without some words: NOT NULL of an INTEGER PRIMARY KEY."""
    for place, (name, type_, own) in enumerate(columns):
        is_row_id = type_ == ("integer",) and any(
            _named(each)[1][:4] == ("primary", "key", "(", name)
            and _named(each)[1][4:] in ((")",), ("autoincrement", ")"))
            for each in constraints
        )
        if is_row_id:
            columns[place] = (name, type_, own - {("not", "null")})
