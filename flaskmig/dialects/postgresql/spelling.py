"""How PostgreSQL's catalogue spells a type: what ``format_type`` would answer, without asking."""

from __future__ import annotations

import re
from functools import lru_cache

from flaskmig.schema.identifiers import POSTGRESQL_KEYWORDS

_WORDS = {
    "int": "integer",
    "int4": "integer",
    "serial": "integer",
    "serial4": "integer",
    "int2": "smallint",
    "smallserial": "smallint",
    "serial2": "smallint",
    "int8": "bigint",
    "bigserial": "bigint",
    "serial8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "bool": "boolean",
    "dec": "numeric",
    "decimal": "numeric",
    "varbit": "bit varying",
    "bit varying": "bit varying",
    "varchar": "character varying",
    "char": "character",
    "nchar": "character",
    "char varying": "character varying",
    "nchar varying": "character varying",
    "national char": "character",
    "national character": "character",
    "national char varying": "character varying",
    "national character varying": "character varying",
}

# Spelled as they are, though as bare words they are keywords that a name would be quoted for.
_PLAIN = frozenset({*_WORDS.values(), "bit", "json"})

_TOKEN = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|[^\W\d][\w$]*|-?\d+|[(),.\[\]]|\S')
_BARE = re.compile(r"[a-z_][a-z0-9_]*")
_TIMES = {
    "timestamp": ("timestamp", "without time zone"),
    "timestamptz": ("timestamp", "with time zone"),
    "time": ("time", "without time zone"),
    "timetz": ("time", "with time zone"),
}
_MAX_TIME_PRECISION = 6
_MAX_REAL_PRECISION = 24


def spell_identifier(name: str) -> str:
    """The name as ``quote_ident`` writes it: quoted only where it must be."""
    if _BARE.fullmatch(name) and name not in POSTGRESQL_KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


@lru_cache(maxsize=1024)
def spell_type(sql: str) -> str:
    """The spelling of a type that PostgreSQL's ``format_type`` would give.

    A COLLATE clause is no part of a type and is left out. What is not a type of PostgreSQL's
    own (a domain, an extension's type) keeps its arguments as they are written.
    """
    tokens: list[str] = _TOKEN.findall(sql)
    tokens, array = _without_array(_without_collation(tokens))
    words, arguments, after = _parts(tokens)
    return _spell(words, arguments, after) + ("[]" if array else "")


def _without_collation(tokens: list[str]) -> list[str]:
    for position, token in enumerate(tokens):
        if token.lower() == "collate":
            return tokens[:position]
    return tokens


def _without_array(tokens: list[str]) -> tuple[list[str], bool]:
    for position, token in enumerate(tokens):
        if position and (token == "[" or token.lower() == "array"):
            return tokens[:position], True
    return tokens, False


def _parts(tokens: list[str]) -> tuple[list[str], list[str], list[str]]:
    """The name's tokens, the arguments in parentheses, and the words after them."""
    if "(" not in tokens:
        return tokens, [], []
    start = tokens.index("(")
    end = tokens.index(")") if ")" in tokens else len(tokens)
    arguments = [token for token in tokens[start + 1 : end] if token != ","]
    return tokens[:start], arguments, tokens[end + 1 :]


def _spell(tokens: list[str], arguments: list[str], after: list[str]) -> str:
    if len(tokens) >= 3 and tokens[0].lower() == "pg_catalog" and tokens[1] == ".":
        tokens = tokens[2:]
    if any(token.startswith('"') or token == "." for token in tokens):
        name = "".join(
            "." if token == "." else spell_identifier(_unquoted(token)) for token in tokens
        )
        return name + _in_parentheses(arguments)
    words = [token.lower() for token in tokens]
    rest = [token.lower() for token in after]
    first = words[0] if words else ""
    if first in _TIMES:
        return _spell_time(first, [*words[1:], *rest], arguments)
    if first == "interval":
        return _spell_interval([*words[1:], *rest], arguments)
    word = " ".join([*words, *rest])
    if word == "float":
        real = bool(arguments) and int(arguments[0]) <= _MAX_REAL_PRECISION
        return "real" if real else "double precision"
    return _spell_simple(_WORDS.get(word, word), arguments, bare=len(words) == 1)


def _spell_simple(name: str, arguments: list[str], *, bare: bool) -> str:
    if name in ("character", "bit") and not arguments:
        return f"{name}(1)"
    if name == "bpchar" and arguments:
        return f"character({arguments[0]})"
    if name == "numeric" and len(arguments) == 1:
        return f"numeric({arguments[0]},0)"
    if bare and name not in _PLAIN:
        name = spell_identifier(name)
    return name + _in_parentheses(arguments)


def _spell_time(word: str, rest: list[str], arguments: list[str]) -> str:
    name, zone = _TIMES[word]
    if rest[:1] == ["with"]:
        zone = "with time zone"
    return f"{name}{_precision(arguments)} {zone}"


def _spell_interval(rest: list[str], arguments: list[str]) -> str:
    fields = f" {' '.join(rest)}" if rest else ""
    return f"interval{fields}{_precision(arguments)}"


def _precision(arguments: list[str]) -> str:
    if not arguments:
        return ""
    return f"({min(int(arguments[0]), _MAX_TIME_PRECISION)})"


def _in_parentheses(arguments: list[str]) -> str:
    return f"({','.join(arguments)})" if arguments else ""


def _unquoted(token: str) -> str:
    if token.startswith('"'):
        return token[1:-1].replace('""', '"')
    return token.lower()


def is_keyword(word: str) -> bool:
    """Whether the word, in any case, must be quoted to be a name."""
    return word.lower() in POSTGRESQL_KEYWORDS
