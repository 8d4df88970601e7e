"""Reading SQL text: tokens with their exact places, statements, and when two expressions are one.

The scanner is our own: it is exact about spans, strings, quoted names and comments, and fast
enough to read a thousand CREATE TABLE texts. sqlglot judges only whether two expressions that
are spelled differently mean the same, and is imported when that is first asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

TokenKind: TypeAlias = Literal["word", "quoted", "string", "number", "symbol"]


class Token(NamedTuple):
    """A piece of SQL; ``sql[start:end] == text``. White space and comments are between tokens."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The identifier it spells: quotes taken off a quoted name, anything else as it is."""
        if self.kind != "quoted":
            return self.text
        if self.text[0] == "[":
            return self.text[1:-1]
        quotation = self.text[0]
        return self.text[1:-1].replace(quotation * 2, quotation)

    @property
    def keyword(self) -> str:
        """A bare word in upper case or a symbol; an empty string for every other token."""
        if self.kind == "word":
            return self.text.upper()
        return self.text if self.kind == "symbol" else ""


# An unterminated comment, string or name runs to the end of the text in both databases' scanners.
_COMMON = r"""
    (?P<word>[^\W\d][\w$]*)
  | (?P<skip>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))
  | (?P<number>0[xX][0-9a-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
"""
_SQLITE = re.compile(
    r"""
    (?P<string>[xX]?'(?:[^']|'')*(?:'|\Z))
  | (?P<quoted>"(?:[^"]|"")*(?:"|\Z)|\[[^\]]*(?:\]|\Z)|`(?:[^`]|``)*(?:`|\Z))
"""
    + "|"
    + _COMMON
    + r"| (?P<symbol>->>|->|\|\||<<|>>|<=|>=|<>|!=|==|[?:@$][\w$]*|.)",
    re.VERBOSE | re.DOTALL,
)
_POSTGRESQL = re.compile(
    r"""
    (?P<string>[eE]'(?:[^'\\]|''|\\.)*(?:'|\Z)|(?:[uU]&|[bBxXnN])?'(?:[^']|'')*(?:'|\Z)
      |\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?(?:\$(?P=tag)\$|\Z))
  | (?P<quoted>(?:[uU]&)?"(?:[^"]|"")*(?:"|\Z))
"""
    + "|"
    + _COMMON
    + r"| (?P<symbol>::|:=|=>|\$\d+|[-+*/<>=~!@\#%^&|?]+|.)",
    re.VERBOSE | re.DOTALL,
)
_NESTED_COMMENT = re.compile(r"/\*|\*/")
_OPERATOR_END = re.compile(r"--|/\*")
_OPERATOR_MAY_END_IN_SIGN = re.compile(r"[~!@#%^&|?`]")


def tokens(sql: str, dialect: str = "sqlite") -> list[Token]:
    """The tokens of a text; whatever is not SQL still comes back as symbols, nothing is lost.

    ``dialect`` is "sqlite" or "postgresql"; it decides what quotes a name or a string and
    whether comments nest.
    """
    if dialect == "postgresql":
        return list(_scan_postgresql(sql))
    found: list[Any] = [
        Token(match.lastgroup, match[0], match.start(), match.end())  # type: ignore[arg-type]
        for match in _SQLITE.finditer(sql)
        if match.lastgroup != "skip"
    ]
    return found


def _scan_postgresql(sql: str) -> Iterator[Token]:
    place = 0
    while place < len(sql):
        if sql.startswith("/*", place):
            place = _comment_end(sql, place)
            continue
        match = _POSTGRESQL.match(sql, place)
        if match is None:
            return
        text, place = match[0], match.end()
        kind: Any = "string" if match["string"] is not None else match.lastgroup
        if kind == "symbol" and len(text) > 1:
            text = _operator(text)
            place = match.start() + len(text)
        if kind != "skip":
            yield Token(kind, text, match.start(), place)


def _operator(text: str) -> str:
    """Where PostgreSQL ends an operator: before a comment, and before a sign that is the operand's.

    Source: the PostgreSQL manual, "Lexical Structure", section on operators.
    """
    cut = _OPERATOR_END.search(text)
    if cut and cut.start():
        text = text[: cut.start()]
    while len(text) > 1 and text[-1] in "+-" and not _OPERATOR_MAY_END_IN_SIGN.search(text):
        text = text[:-1]
    return text


def _comment_end(sql: str, start: int) -> int:
    depth = 0
    for mark in _NESTED_COMMENT.finditer(sql, start):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return mark.end()
    return len(sql)


def quote(name: str) -> str:
    """The name as a quoted identifier of both databases."""
    return '"' + name.replace('"', '""') + '"'


def quote_literal(text: str) -> str:
    """The text as a string literal of both databases (PostgreSQL: standard_conforming_strings)."""
    return "'" + text.replace("'", "''") + "'"


def split(sql: str, dialect: str = "sqlite") -> list[str]:
    """The statements of a script, without their semicolons; comments alone are no statement.

    A semicolon inside a trigger's or an SQL function's BEGIN … END does not end a statement.
    """
    statements: list[str] = []
    current: list[Token] = []
    for token in tokens(sql, dialect):
        if token.text == ";" and not _in_body(current):
            if current:
                statements.append(sql[current[0].start : current[-1].end])
            current = []
        else:
            current.append(token)
    if current:
        statements.append(sql[current[0].start : current[-1].end])
    return statements


def _in_body(statement: list[Token]) -> bool:
    """Whether the statement so far is inside the BEGIN … END of what it creates."""
    words = [token.keyword for token in statement if token.kind == "word"]
    if not words or words[0] != "CREATE":
        return False
    trigger = "TRIGGER" in words[:5]
    depth = 0
    for before, word in zip(["", *words], words, strict=False):
        opens = (trigger and word == "BEGIN") or (before == "BEGIN" and word == "ATOMIC")
        if opens or (depth and word == "CASE"):
            depth += 1
        elif word == "END" and depth:
            depth -= 1
    return depth > 0


def bare(expression: str, dialect: str = "sqlite") -> str:
    """The expression without white space around it and without parentheses that enclose it all."""
    found = tokens(expression, dialect)
    while len(found) > 2 and _encloses(found):
        found = found[1:-1]
    return expression[found[0].start : found[-1].end] if found else ""


def _encloses(found: list[Token]) -> bool:
    if found[0].text != "(" or found[-1].text != ")":
        return False
    depth = 0
    for token in found[:-1]:
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "symbol" else 0
        if depth == 0:
            return False
    return True


def names(expression: str, dialect: str = "sqlite") -> frozenset[str]:
    """Every word and quoted name in the text, in lower case: what it may refer to, and more."""
    found = tokens(expression, dialect)
    return frozenset(token.name.lower() for token in found if token.kind in ("word", "quoted"))


def rename(sql: str, before: str, after: str, dialect: str = "sqlite") -> str:
    """The text with every identifier ``before`` (in any case) replaced by ``after``, quoted.

    What is called like a function is left alone. Comments and strings are not read.
    """
    found = tokens(sql, dialect)
    pieces: list[str] = []
    place = 0
    for token, following in zip(found, [*found[1:], None], strict=True):
        if token.kind not in ("word", "quoted") or folded(token.name) != folded(before):
            continue
        if token.kind == "word" and following is not None and following.text == "(":
            continue
        pieces += [sql[place : token.start], quote(after)]
        place = token.end
    return "".join([*pieces, sql[place:]])


def equivalent(a: str | None, b: str | None, dialect: str = "") -> bool:
    """Whether two expressions are the same but for spelling.

    White space, letter case of bare names, quotes that are not needed and parentheses do not
    count; casts do. What cannot be parsed is equal only to the same tokens. Functions of one
    meaning and two names are two: their results may be of different types.
    """
    if a is None or b is None:
        return a is b
    if a == b or spelling(a, dialect) == spelling(b, dialect):
        return True
    # The parser knows functions by what they do, and reads formats: trees alone are too much alike.
    if _vocabulary(a, dialect) != _vocabulary(b, dialect):
        return False
    tree = _tree(a, dialect)
    return tree is not None and tree == _tree(b, dialect)


# A bare word that is a value or a keyword is not the column that the same word quoted would be.
# fmt: off
_NOT_NAMES = frozenset({
    "null", "true", "false", "default", "current_timestamp", "current_date", "current_time",
    "current_user", "current_role", "current_schema", "session_user", "user", "char",
    "localtime", "localtimestamp", "case", "when", "then",
    "else", "end", "and", "or", "not", "is", "in", "between", "like", "collate", "cast", "as",
    "select", "from", "where",
})
# fmt: on


@lru_cache(maxsize=4096)
def spelling(expression: str, dialect: str = "sqlite") -> tuple[tuple[str, str], ...]:
    """The expression without its white space, needless quotes and letter case; hashable."""
    return tuple(_spell(tokens(bare(expression, dialect), dialect), dialect))


def _spell(found: Iterable[Token], dialect: str) -> Iterator[tuple[str, str]]:
    for token in found:
        if token.kind == "word":
            word = folded(token.text)
            yield ("keyword" if word in _NOT_NAMES else "name", word)
        elif token.kind == "quoted":
            yield _spell_quoted(token.name, dialect)
        else:
            yield (token.kind, token.text)


def _spell_quoted(name: str, dialect: str) -> tuple[str, str]:
    """A quoted name; in SQLite it may be a string too, whose letter case does count."""
    is_text = dialect != "postgresql" and name != folded(name)
    return ("quoted" if is_text else "name", name)


def folded(name: str) -> str:
    """A bare name as both databases read it: only the letters of ASCII have no case.

    To SQLite, "É" and "é" are two names in quotes as well.
    """
    if name.isascii():
        return name.lower()
    return "".join(each.lower() if each.isascii() else each for each in name)


# What may be said in two ways, and what a tree shows better than the words.
_SYNONYMS = {
    "!=": "<>", "==": "=", "~~": "like", "~~*": "ilike",
    "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "bool": "boolean",
    "decimal": "numeric",
}  # fmt: skip
_STRUCTURE = frozenset({"(", ")", "::", "cast", "as"})


@lru_cache(maxsize=4096)
def _vocabulary(expression: str, dialect: str) -> tuple[str, ...]:
    """The words, strings, numbers and operators of an expression, in no particular place."""
    found = spelling(expression, dialect)
    words = (_SYNONYMS.get(text, text) for kind, text in found if kind != "string")
    strings = (text for kind, text in found if kind == "string")
    return tuple(sorted([*(word for word in words if word not in _STRUCTURE), *strings]))


@lru_cache(maxsize=4096)
def _tree(expression: str, dialect: str) -> Any:
    """The expression as a sqlglot tree without parentheses and quotes; None if it is none."""
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    reader = {"sqlite": "sqlite", "postgresql": "postgres"}.get(dialect)
    try:
        tree = _selected(sqlglot.parse_one(f"SELECT {expression}", read=reader))
    except (SqlglotError, RecursionError):
        return None
    if tree is None:
        return None

    def plain(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Paren):
            # What takes the place of another is not looked into by itself.
            return node.unnest().transform(plain)
        if isinstance(node, exp.Identifier):
            if not node.args.get("quoted"):
                return exp.Identifier(this=folded(node.name))
            kind, name = _spell_quoted(node.name, dialect)
            return exp.Identifier(this=name, quoted=True if kind == "quoted" else None)
        if isinstance(node, exp.Anonymous) and isinstance(node.this, str):
            node.set("this", node.this.lower())
        return node

    return tree.transform(plain)


def _selected(query: Any) -> Any:
    """What a query selects, where that is one expression and the query nothing else."""
    from sqlglot import exp

    if not isinstance(query, exp.Select) or len(query.expressions) != 1:
        return None
    others = {name for name, value in query.args.items() if value and name != "expressions"}
    return None if others else query.expressions[0]
