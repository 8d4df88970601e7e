"""Names of objects, and where a value of a revision file comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

OptionValue: TypeAlias = str | int | bool


@dataclass(frozen=True, slots=True)
class QualifiedName:
    """The name of a table, enum, sequence or other object that lives in a schema."""

    name: str
    schema: str | None = None

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else self.name

    def __lt__(self, other: QualifiedName) -> bool:
        return (self.schema or "", self.name) < (other.schema or "", other.name)


@dataclass(frozen=True, slots=True)
class Source:
    """Python that makes a value in a revision file, and the import lines it needs.

    ``enum`` names the enum type that comes with it on a database that has enum types, where the
    file is written against one that has none.
    """

    code: str
    imports: tuple[str, ...] = ()
    enum: QualifiedName | None = None
