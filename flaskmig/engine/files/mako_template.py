"""``script.py.mako``: what a project's own template of Alembic's puts into new files.

It is never rendered. What stands in every such template is passed over line by line; the rest is
what somebody added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flaskmig.engine.configuration.file_content import read_file

MAKO = "script.py.mako"

# Python blocks of the template, and the docstring of the revision.
_BLOCKS = re.compile(r"<%!?.*?%>|\"\"\".*?\"\"\"|'''.*?'''", re.DOTALL)
_USUAL = tuple(
    re.compile(pattern)
    for pattern in (
        r"#.*",
        r"%.*",
        r"from __future__ import annotations",
        r"(from (typing|collections\.abc) import (Sequence|Union)(, (Sequence|Union))?)",
        r"from alembic import op",
        r"import sqlalchemy as sa",
        r"\$\{imports\b.*\}",
        r"(revision|down_revision|branch_labels|depends_on)\b[^=]*=\s*\$\{.*\}",
        r"def (up|down)grade\w*(\$\{\w+\})?\(.*\).*:",
        r"\$\{(up|down)grades\b.*\}",
        r"\$\{context\.get\(.*\)\}",
        r"globals\(\)\[.(up|down)grade_%s. % engine_name\]\(\)",
        r"pass",
    )
)


@dataclass(frozen=True, slots=True)
class AddedLine:
    """A line of the template that is not in Alembic's own; counted from 1."""

    line: int
    text: str


def added_lines(directory: Path) -> tuple[AddedLine, ...]:
    """What the ``script.py.mako`` of a migrations folder adds; empty where there is none."""
    try:
        text = read_file(directory / MAKO)[0].decode("utf-8", "replace")
    except OSError:
        return ()
    return tuple(_added(text))


def _added(text: str) -> Iterator[AddedLine]:
    # Blocks become empty lines, so that the others keep their numbers.
    outside = _BLOCKS.sub(lambda found: "\n" * found.group().count("\n"), text)
    for number, line in enumerate(outside.splitlines(), 1):
        stripped = line.strip()
        if stripped and not any(usual.fullmatch(stripped) for usual in _USUAL):
            yield AddedLine(number, stripped)
