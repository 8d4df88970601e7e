"""Names of renamed objects inside the SQL text that mentions them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from flaskmig.schema import Check, Constraint, Exclude, QualifiedName, Table
from flaskmig.schema.identifiers import identifier

_LITERAL = r"'(?:[^']|'')*'"
_ARRAY = r"(?<!')'\{(?:[^']|'')*\}'"
_ELEMENT = re.compile(r'"(?:[^"\\]|\\.)*"|[^{},"]+')
_PLAIN_ELEMENT = re.compile(r'[^{},"\\\s]+\Z')


def respell(text: str, before: QualifiedName, after: QualifiedName) -> str:
    """The text with every mention of one object's name replaced by another name.

    A mention is the bare or quoted name as a whole word, with its schema or without, and not
    in a string, unless it is one that names an object: the argument of nextval or a regclass.
    """
    spelled = _spelled_out(after)
    mention = re.compile(_mention(before))

    def replaced(match: re.Match[str]) -> str:
        literal = match["literal"]
        if literal is None:
            return spelled
        follows = text[match.end() :].startswith("::regclass")
        names = follows or re.search(r"nextval\s*\(\s*\Z", text[: match.start()], re.IGNORECASE)
        return mention.sub(lambda _: spelled, literal) if names else literal

    return re.sub(f"(?P<literal>{_LITERAL})|{mention.pattern}", replaced, text)


def respell_casts(text: str, before: QualifiedName, after: QualifiedName) -> str:
    """The text with a type's name replaced where it is cast to: a column may be called alike."""
    spelled = f"::{_spelled_out(after)}"
    return re.sub(rf"::{_mention(before)}", lambda match: spelled, text)


def respell_value(text: str, type_: QualifiedName, before: str, after: str) -> str:
    """The text with one value replaced wherever it, or an array with it, is cast to the type."""
    old, new = (value.replace("'", "''") for value in (before, after))
    literal = rf"(?<!')'{re.escape(old)}'(?=::{_mention(type_)})"
    text = re.sub(literal, lambda match: f"'{new}'", text)
    arrays = rf"{_ARRAY}(?=::{_mention(type_)}\[\])"
    return re.sub(arrays, lambda match: _with_element(match.group(), before, after), text)


def respell_element(text: str, before: str, after: str) -> str:
    """The text with one value replaced in every array that is written as a literal."""
    return re.sub(_ARRAY, lambda match: _with_element(match.group(), before, after), text)


def _with_element(literal: str, before: str, after: str) -> str:
    def edit(match: re.Match[str]) -> str:
        element = match.group()
        value = element
        if element.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", element[1:-1])
        return _as_element(after) if value == before else element

    inner = literal[1:-1].replace("''", "'")
    return "'" + _ELEMENT.sub(edit, inner).replace("'", "''") + "'"


def _as_element(value: str) -> str:
    """The value as PostgreSQL writes it in an array (documentation: array output syntax)."""
    if _PLAIN_ELEMENT.match(value) and value.upper() != "NULL":
        return value
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'


def edit_expressions(table: Table, edit: Callable[[str], str]) -> Table:
    """The table with every expression that is no default edited."""

    def edited(text: str | None) -> str | None:
        return edit(text) if text is not None else None

    return replace(
        table,
        columns=tuple(
            replace(
                column,
                generated=replace(column.generated, expression=edit(column.generated.expression)),
            )
            if column.generated is not None
            else column
            for column in table.columns
        ),
        constraints=tuple(_edited(constraint, edit) for constraint in table.constraints),
        indexes=tuple(
            replace(
                index,
                where=edited(index.where),
                parts=tuple(
                    replace(part, expression=edited(part.expression)) for part in index.parts
                ),
            )
            for index in table.indexes
        ),
    )


def _edited(constraint: Constraint, edit: Callable[[str], str]) -> Constraint:
    match constraint:
        case Check():
            return replace(constraint, expression=edit(constraint.expression))
        case Exclude():
            elements = tuple(
                replace(element, expression=edit(element.expression))
                if element.expression
                else element
                for element in constraint.elements
            )
            where = edit(constraint.where) if constraint.where is not None else None
            return replace(constraint, elements=elements, where=where)
        case _:
            return constraint


def _mention(name: QualifiedName) -> str:
    own = rf'(?<![\w"]){re.escape(name.name)}(?![\w"])|"{re.escape(_doubled(name.name))}"'
    home = ""
    if name.schema:
        schema = re.escape(name.schema)
        home = rf'(?:(?<![\w"]){schema}\.|"{re.escape(_doubled(name.schema))}"\.)?'
    return rf"{home}(?:{own})"


def _spelled_out(name: QualifiedName) -> str:
    return ".".join(identifier(part) for part in (name.schema, name.name) if part)


def _doubled(name: str) -> str:
    return name.replace('"', '""')
