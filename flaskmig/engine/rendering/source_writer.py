"""What the writers of a revision file share: the imports found so far, and SQL as Python."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flaskmig.engine.rendering.python_source import code_list, literal
from flaskmig.engine.rendering.type_spelling import POSTGRESQL_IMPORT, SA_IMPORT, source_of
from flaskmig.schema import Type

# A colon and the word after it, which text() may take for a parameter.
_COLON = re.compile(r":\w*")
_WORD = re.compile(r"\w")


@dataclass(slots=True)
class SourceWriter:
    """Collects imports while code is made; ``dialect`` is what the file is written against."""

    dialect: str = ""
    imports: set[str] = field(default_factory=set)

    def sa(self, name: str) -> str:
        self.imports.add(SA_IMPORT)
        return f"sa.{name}"

    def postgresql(self, name: str) -> str:
        self.imports.add(POSTGRESQL_IMPORT)
        return f"postgresql.{name}"

    def type(self, type_: Type, collation: str | None) -> str:
        source = source_of(type_, collation)
        self.imports.update(source.imports)
        return source.code

    def text(self, sql: str) -> str:
        """``sa.text("…")`` that stands for just this SQL."""
        return f"{self.sa('text')}({literal(escaped(sql))})"

    def dialect_option(self, name: str, code: str) -> dict[str, str]:
        """An argument that SQLAlchemy has once for each database."""
        names = [self.dialect] if self.dialect else ["postgresql", "sqlite"]
        return {f"{database}_{name}": code for database in names}


def escaped(sql: str) -> str:
    r"""SQL as text() takes it: a colon that it would read as a parameter gets a backslash.

    text() takes ``:word`` for a parameter but after a colon, a letter or a backslash, or before
    a colon; and it takes the backslash of ``\:word`` away but before a colon.
    """

    def mark(found: re.Match[str]) -> str:
        before, after = sql[found.start() - 1 : found.start()], sql[found.end() : found.end() + 1]
        if after == ":" or before == ":" or _WORD.match(before):
            return found[0]
        return f"\\{found[0]}" if before == "\\" or len(found[0]) > 1 else found[0]

    return _COLON.sub(mark, sql)


def names(columns: Sequence[str]) -> str:
    """The code of a list of names."""
    return code_list(literal(column) for column in columns)


def given(values: Mapping[str, Any]) -> dict[str, str]:
    """Keyword arguments as code, those that are None, False or empty left out."""
    return {
        name: literal(list(value) if isinstance(value, tuple) else value)
        for name, value in values.items()
        if value not in (None, False, (), "")
    }
