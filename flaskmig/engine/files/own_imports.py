"""The imports of a revision file: those of Alembic, and flaskmig's in their place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flaskmig.engine.files.header import parse

# What flaskmig offers under the same name.
_OFFERED = frozenset({"op"})
# As the checksum of a file reads it, so that the change does not count as one.
_PLAIN = re.compile(rb"^([ \t]*from )alembic( import)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A file whose imports are flaskmig's; ``kept`` are those that stay, as text, by line.

    ``content`` is what the file had where there is nothing to change.
    """

    content: bytes
    kept: tuple[tuple[int, str], ...] = ()


def imports_alembic(content: bytes, path: str) -> bool:
    """Whether the file imports anything of Alembic, wherever in it.

    Raises InvalidRevisionFileError for what does not parse.
    """
    return any(True for _ in _imports(parse(content, path)))


def rewritten(content: bytes, path: str) -> Rewritten:
    """The file with ``from flaskmig import op`` for ``from alembic import op``.

    Only what is written like that, at the beginning of a line, is changed: other modules and
    names of Alembic have no twin in flaskmig, and are served as they are. Raises
    InvalidRevisionFileError for what does not parse.
    """
    lines = content.splitlines(keepends=True)
    kept = []
    for node in _imports(parse(content, path)):
        line = lines[node.lineno - 1] if node.lineno <= len(lines) else b""
        if _is_offered(node) and _PLAIN.match(line):
            lines[node.lineno - 1] = _PLAIN.sub(rb"\1flaskmig\2", line)
        else:
            kept.append((node.lineno, ast.unparse(node)))
    return Rewritten(content=b"".join(lines), kept=tuple(sorted(kept)))


def _imports(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(name), level=0) if _is_alembic(name):
                yield node
            case ast.Import() if any(_is_alembic(each.name) for each in node.names):
                yield node


def _is_alembic(module: str) -> bool:
    return module.partition(".")[0] == "alembic"


def _is_offered(node: ast.Import | ast.ImportFrom) -> bool:
    return (
        isinstance(node, ast.ImportFrom)
        and node.module == "alembic"
        and all(each.name in _OFFERED for each in node.names)
    )
