"""What the writers of a revision file share: the imports found so far, and SQL as Python."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from flaskmig.engine.rendering.python_source import code_list, literal
from flaskmig.engine.rendering.type_spelling import POSTGRESQL_IMPORT, SA_IMPORT, source_of
from flaskmig.schema import Column, Constraint, QualifiedName, Source, Type

# A colon and the word after it, which text() may take for a parameter.
_COLON = re.compile(r":\w*")
_WORD = re.compile(r"\w")

DATABASES = ("postgresql", "sqlite")


PartKind: TypeAlias = Literal[
    "column",
    "type",
    "server_default",
    "primary_key",
    "unique",
    "foreign_key",
    "check",
    "exclude",
]


class Override(Protocol):
    """Says how a part of a table is written: its source, None to leave it out, False for ours."""

    def __call__(
        self, kind: PartKind, table: QualifiedName, part: Column | Constraint, /
    ) -> Source | Literal[False] | None: ...


@dataclass(slots=True)
class SourceWriter:
    """Collects imports while code is made; ``dialect`` is what the file is written against.

    ``keys`` are the columns that an operation of their own makes primary keys. ``own`` collects
    what ``override`` wrote: code that is the project's and not ours.
    """

    dialect: str = ""
    override: Override | None = None
    keys: frozenset[tuple[QualifiedName, str]] = frozenset()
    imports: set[str] = field(default_factory=set)
    own: set[Source] = field(default_factory=set)

    def part(
        self, kind: PartKind, table: QualifiedName, part: Column | Constraint
    ) -> str | Literal[False] | None:
        """What ``override`` says: the code, None to leave the part out, False for our own."""
        found = self.override(kind, table, part) if self.override is not None else False
        if isinstance(found, Source):
            self.imports.update(found.imports)
            self.own.add(found)
            return found.code
        return found

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

    def type_of(self, table: QualifiedName, column: Column) -> str:
        """The type of a table's column."""
        found = self.part("type", table, column)
        return found or self.type(column.type, column.collation)

    def text(self, sql: str) -> str:
        """``sa.text("…")`` that stands for just this SQL."""
        return f"{self.sa('text')}({literal(escaped(sql))})"


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
