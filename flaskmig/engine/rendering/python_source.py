"""Python expressions as text: safe literals, calls, and lines as ``ruff format`` lays them out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from textwrap import dedent
from typing import Any

INDENT = 4

# What marks a text of which only the lines count; `lay_out` takes it away.
_BLOCK = "__block__"


def literal(value: Any) -> str:
    """Python that makes the value: None, bool, int, float, str, and lists, tuples, dicts of them.

    A str is written in ASCII and from its exact characters, so that nothing in it can end the
    literal or lie about itself. Raises TypeError for anything else.
    """
    if isinstance(value, str):
        return _string(str.__str__(value))
    if value is None or isinstance(value, bool | int | float):
        return _scalar(value)
    if isinstance(value, list):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, tuple):
        inside = ", ".join(literal(item) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, dict):
        pairs = (f"{literal(key)}: {literal(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    raise TypeError(f"{type(value).__name__} has no literal")


def _scalar(value: bool | int | float | None) -> str:
    if value is None or isinstance(value, bool):
        return "None" if value is None else ("True" if value else "False")
    if isinstance(value, int):
        return int.__repr__(int(value))
    if value != value or value in (float("inf"), float("-inf")):
        raise TypeError(f"{value} has no literal")
    return float.__repr__(float(value))


def _string(text: str) -> str:
    if text.isascii() and text.isprintable() and not any(map(text.__contains__, "\\'\"")):
        return f'"{text}"'
    single, double = text.count("'"), text.count('"')
    # ascii() picks its own quotes; without any in the text its escapes serve either kind.
    escaped = ascii(text.replace("'", "").replace('"', ""))[1:-1]
    if not single and not double:
        return f'"{escaped}"'
    quote = "'" if double > single else '"'
    escaped = "".join(
        f"\\{character}" if character == quote else _escaped(character) for character in text
    )
    return f"{quote}{escaped}{quote}"


def _escaped(character: str) -> str:
    return character if character in "'\"" else ascii(character)[1:-1]


def block(text: str) -> str:
    """Code that stands for a text of several lines, for calls that dedent what they are given.

    `lay_out` writes it between triple quotes, at the indentation of the call, where that reads
    back as the same text.
    """
    return f"{_BLOCK}({literal(text)})"


def is_block(text: str) -> bool:
    """Whether `block` writes the text between triple quotes, which moves its lines to the right."""
    return _quoted(text) is not None


def call(
    function: str, arguments: Iterable[str] = (), keywords: Mapping[str, str] | None = None
) -> str:
    """The code of a call; arguments and keyword values are code already."""
    parts = [*arguments, *(f"{name}={code}" for name, code in (keywords or {}).items())]
    return f"{function}({', '.join(parts)})"


def code_list(items: Iterable[str]) -> str:
    """The code of a list whose items are code already."""
    return f"[{', '.join(items)}]"


def lay_out(code: str, *, width: int, explode: bool = False) -> list[str]:
    """The lines of an expression: on one line where that fits, else one argument a line.

    Made of calls, attributes, names, constants, lists, tuples and dicts only; raises TypeError
    for other expressions. ``explode`` asks for one argument a line though one line would do.
    """
    node = ast.parse(code, mode="eval").body
    return _lines(node, prefix="", suffix="", indent=0, width=width, explode=explode)


def _lines(
    node: ast.expr, *, prefix: str, suffix: str, indent: int, width: int, explode: bool = False
) -> list[str]:
    margin = " " * indent
    if (text := _text_of_block(node)) is not None:
        quoted = _quoted(text)
        if quoted is None:
            return [margin + prefix + literal(text) + suffix]
        opening, closing = quoted
        lines = [f"{margin}{line}" if line else "" for line in text.split("\n")]
        return [f"{margin}{prefix}{opening}", *lines, f"{margin}{closing}{suffix}"]
    opened, items, closed = _brackets(node)
    explode = explode or any(_is_laid_out(item) for _, item in items)
    # The text of one line is not made where it cannot be the answer: each part has it made again.
    flat = "" if items and explode else margin + prefix + _flat(node) + suffix
    if flat and len(flat) <= width:
        return [flat]
    first, links = _chain(node)
    if len(links) >= 2:
        chain = [_flat(first), *map(_link, links)]
        return _fluent(chain, prefix=prefix, suffix=suffix, indent=indent, width=width)
    if not items:
        return [flat]
    lines = [margin + prefix + opened]
    for name, item in items:
        lines += _lines(item, prefix=name, suffix=",", indent=indent + INDENT, width=width)
    return [*lines, margin + closed + suffix]


def _text_of_block(node: ast.expr) -> str | None:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str() as text)]):
            return text if name == _BLOCK else None
        case _:
            return None


def _is_laid_out(node: ast.expr) -> bool:
    text = _text_of_block(node)
    return text is not None and _quoted(text) is not None


def _quoted(text: str) -> tuple[str, str] | None:
    """The quotes around a text of several lines that comes back from them as it is."""
    lines = text.split("\n")
    readable = all(line.isprintable() and (not line or not line.isspace()) for line in lines)
    if len(lines) < 2 or not readable or dedent(text) != text or text != text.strip():
        return None
    if '"""' in text:
        return None
    return ('r"""' if "\\" in text else '"""'), '"""'


def _fluent(
    chain: Sequence[str], *, prefix: str, suffix: str, indent: int, width: int
) -> list[str]:
    """Method calls one after the other, each on its line."""
    first, *rest = chain
    margin = " " * indent
    return [
        margin + prefix + first,
        *(margin + link for link in rest[:-1]),
        margin + rest[-1] + suffix,
    ]


def _chain(node: ast.expr) -> tuple[ast.expr, list[ast.Call]]:
    """``a.b(…)``, and then ``.c(…)`` and ``.d(…)``, of a chain of method calls on a call."""
    links: list[ast.Call] = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if not isinstance(node.func.value, ast.Call):
            break
        links.insert(0, node)
        node = node.func.value
    return node, links


def _link(node: ast.Call) -> str:
    """``.c(…)`` of such a chain."""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return f".{method}({_arguments(node)})"


Item = tuple[str, ast.expr]


def _brackets(node: ast.expr) -> tuple[str, list[Item], str]:
    """What opens, is inside (with what stands before each item) and closes an expression."""
    match node:
        case ast.Call():
            items = [("", argument) for argument in node.args]
            items += [(f"{keyword.arg}=", keyword.value) for keyword in node.keywords]
            return f"{_flat(node.func)}(", items, ")"
        case ast.List():
            return "[", [("", item) for item in node.elts], "]"
        case ast.Tuple():
            return "(", [("", item) for item in node.elts], ")"
        case ast.Dict():
            keys = [_flat(key) if key is not None else "" for key in node.keys]
            return "{", [(f"{k}: ", v) for k, v in zip(keys, node.values, strict=True)], "}"
        case _:
            return "", [], ""


def _flat(node: ast.expr) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{_flat(node.value)}.{node.attr}"
        case ast.Constant():
            return literal(node.value)
        case ast.Call() if (text := _text_of_block(node)) is not None:
            return literal(text)
        case ast.UnaryOp(op=ast.USub()):
            return f"-{_flat(node.operand)}"
        case ast.Call():
            return f"{_flat(node.func)}({_arguments(node)})"
        case ast.List() | ast.Dict():
            opened, items, closed = _brackets(node)
            return opened + _joined(items) + closed
        case ast.Tuple():
            comma = "," if len(node.elts) == 1 else ""
            return f"({_joined([('', item) for item in node.elts])}{comma})"
        case _:
            raise TypeError(f"{type(node).__name__} has no place in a revision file")


def _arguments(node: ast.Call) -> str:
    return _joined(_brackets(node)[1])


def _joined(items: Iterable[Item]) -> str:
    return ", ".join(name + _flat(item) for name, item in items)
