"""The text of ``flaskmig.toml`` with more in it, everything else as people wrote it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def with_options(text: str, options: Mapping[str, Any]) -> str:
    """``text`` with each option as a line; one that it has already gets its new value there.

    Values are texts, numbers, booleans, and lists and mappings of these. Raises ValueError where
    the result would not say exactly that, as for an option that stands there over several lines.
    """
    before = tomllib.loads(text)
    added = []
    for name, value in options.items():
        line = f"{name} = {_literal(value)}"
        if name in before:
            old = rf"^{re.escape(name)}[ \t]*=.*$"
            text = re.sub(old, line.replace("\\", r"\\"), text, count=1, flags=re.MULTILINE)
        else:
            added.append(line)
    lines = "".join(f"{line}\n" for line in added)
    if _TABLE.search(text):
        # What stands after the head of a table belongs to it.
        text = lines + text
    else:
        text += ("\n" if text and not text.endswith("\n") else "") + lines
    if not _says(text, {**before, **options}):
        raise ValueError(f"{', '.join(options)} cannot be written into it")
    return text


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _literal(value: Any) -> str:
    match value:
        case bool() | int() | float():
            return json.dumps(value)
        case str():
            # A basic string of TOML is one of JSON, but for one control character.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Mapping():
            items = ", ".join(f"{_literal(key)} = {_literal(item)}" for key, item in value.items())
            return f"{{ {items} }}"
        case Sequence():
            return f"[{', '.join(map(_literal, value))}]"
    raise ValueError(f"{value!r} cannot be written into it")
