"""Names of renamed objects inside the SQL text that mentions them."""

from __future__ import annotations

import re

from flaskmig.schema import QualifiedName

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*\Z")


def respell(text: str, before: QualifiedName, after: QualifiedName) -> str:
    """The text with every mention of one object's name replaced by another name.

    A mention is the bare or quoted name as a whole word, with its schema or without.
    """
    own = rf'(?<![\w"]){re.escape(before.name)}(?![\w"])|"{re.escape(_doubled(before.name))}"'
    home = ""
    if before.schema:
        schema = re.escape(before.schema)
        home = rf'(?:(?<![\w"]){schema}\.|"{re.escape(_doubled(before.schema))}"\.)?'
    spelled = f"{_spelled(after.schema)}.{_spelled(after.name)}"
    if not after.schema:
        spelled = _spelled(after.name)
    return re.sub(rf"{home}(?:{own})", lambda match: spelled, text)


def _doubled(name: str) -> str:
    return name.replace('"', '""')


def _spelled(name: str | None) -> str:
    name = name or ""
    return name if _PLAIN.match(name) else f'"{_doubled(name)}"'
