"""Names of renamed objects inside the SQL text that mentions them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from flaskmig.schema import Check, Constraint, Exclude, QualifiedName, Table

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*\Z")


def respell(text: str, before: QualifiedName, after: QualifiedName) -> str:
    """The text with every mention of one object's name replaced by another name.

    A mention is the bare or quoted name as a whole word, with its schema or without.
    """
    spelled = _spelled_out(after)
    return re.sub(_mention(before), lambda match: spelled, text)


def respell_casts(text: str, before: QualifiedName, after: QualifiedName) -> str:
    """The text with a type's name replaced where it is cast to: a column may be called alike."""
    spelled = f"::{_spelled_out(after)}"
    return re.sub(rf"::{_mention(before)}", lambda match: spelled, text)


def respell_value(text: str, type_: QualifiedName, before: str, after: str) -> str:
    """The text with one value replaced wherever it is cast to the type."""
    old, new = (value.replace("'", "''") for value in (before, after))
    literal = rf"(?<!')'{re.escape(old)}'(?=::{_mention(type_)})"
    return re.sub(literal, lambda match: f"'{new}'", text)


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
    return f"{_spelled(name.schema)}.{_spelled(name.name)}" if name.schema else _spelled(name.name)


def _doubled(name: str) -> str:
    return name.replace('"', '""')


def _spelled(name: str | None) -> str:
    name = name or ""
    return name if _PLAIN.match(name) else f'"{_doubled(name)}"'
