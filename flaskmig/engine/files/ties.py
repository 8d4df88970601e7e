"""What in a revision file runs under flaskmig alone, so that Alembic could not run the file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from flaskmig.engine.files.allowed_source import OPERATIONS
from flaskmig.engine.files.header import parse
from flaskmig.engine.rendering.alembic_calls import CALLS

# Calls of flaskmig's own, and keywords that Alembic refuses or passes over.
_OWN_CALLS = frozenset({*OPERATIONS, "sql_type"}) - CALLS
_OWN_KEYWORDS = {
    "add_column": frozenset({"backfill"}),
    "alter_column": frozenset({"backfill"}),
    "drop_constraint": frozenset({"columns", "condition", "referent_columns", "referent_table"}),
    "rename_table": frozenset({"default_names", "new_schema"}),
}
_WORDS = (b"flaskmig", *(name.encode() for name in (*_OWN_CALLS, *_OWN_KEYWORDS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One place in a file; ``text`` is the import or the call."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.text}"


def ties(content: bytes, path: str) -> tuple[Tie, ...]:
    """What ties the file to flaskmig, in the order of its lines.

    An operation that the project registered with Alembic under one of flaskmig's names is taken
    for flaskmig's. Raises InvalidRevisionFileError for what does not parse.
    """
    if not any(word in content for word in _WORDS):
        return ()
    found = (Tie(path=path, line=line, text=text) for line, text in _found(parse(content, path)))
    return tuple(sorted(found, key=lambda tie: tie.line))


def _found(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(name), level=0) if _is_ours(name):
                yield node.lineno, ast.unparse(node)
            case ast.Import() if any(_is_ours(each.name) for each in node.names):
                yield node.lineno, ast.unparse(node)
            case ast.Call(ast.Attribute(ast.Name(), method)):
                own = _OWN_KEYWORDS.get(method, frozenset())
                given = sorted(each.arg for each in node.keywords if each.arg in own)
                if method in _OWN_CALLS:
                    yield node.lineno, f"op.{method}()"
                elif given:
                    yield node.lineno, f"op.{method}({given[0]}=…)"


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == "flaskmig"
