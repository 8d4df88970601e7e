"""What is made of SQL text beside tables: views, functions, triggers, extensions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flaskmig.schema.identifiers import identifier
from flaskmig.schema.indexes import Index
from flaskmig.schema.names import OptionValue, QualifiedName

# What stands in ``View.uses`` for the column of a relation of which no column is read.
NO_COLUMN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view, or a materialized one, with what it selects.

    ``definition`` is the query without a semicolon at its end; ``columns`` are names that are
    given beside it. ``options`` are name and value pairs in the order of their names:
    "check_option", "security_barrier", "security_invoker" of views; storage parameters as
    "with.fillfactor" and "tablespace" of materialized ones, which alone have ``indexes``.

    ``uses`` are pairs of a relation and a column of it that the query reads, with "" where only
    the relation is known and NO_COLUMN where it reads none, as count(*) does. ``output`` is the
    name and the type of each of its columns; types are "" where the database has none for views.
    Both are empty where nothing is known.
    ``written`` is the query and the columns as the models have them, where ``definition`` is the
    database's spelling of the same.
    """

    name: QualifiedName
    definition: str
    columns: tuple[str, ...] = ()
    materialized: bool = False
    options: tuple[tuple[str, OptionValue], ...] = ()
    indexes: tuple[Index, ...] = ()
    comment: str | None = None
    uses: tuple[tuple[QualifiedName, str], ...] = field(default=(), compare=False, repr=False)
    output: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)
    written: tuple[str, tuple[str, ...]] | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.indexes, key=lambda index: index.name))
        object.__setattr__(self, "indexes", ordered)

    @property
    def as_written(self) -> View:
        """The view with the models' own text, for people to read where it is made."""
        if self.written is None:
            return self
        definition, columns = self.written
        return replace(self, definition=definition, columns=columns, written=None)

    @property
    def relations(self) -> frozenset[QualifiedName]:
        """The tables and views that it is known to read."""
        return frozenset(relation for relation, _ in self.uses)

    def reads(self, relation: QualifiedName, column: str) -> bool:
        """Whether it reads the column, or may: where only the relation is known."""
        return (relation, column) in self.uses or (relation, "") in self.uses


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function or procedure.

    ``arguments`` are those that tell it from others of its name, spelled as PostgreSQL's
    pg_get_function_identity_arguments does. ``definition`` is the whole text that makes it, from
    CREATE FUNCTION or CREATE PROCEDURE on, without OR REPLACE. ``interface`` is what has to stay
    as it is for CREATE OR REPLACE to do (names and defaults of arguments, the type of the
    result), "" where it is not known.
    """

    name: QualifiedName
    arguments: str = ""
    definition: str
    comment: str | None = None
    interface: str = field(default="", compare=False, repr=False)

    @property
    def signature(self) -> str:
        """Its name and arguments, for people."""
        return f"{self.name}({self.arguments})"

    @property
    def quoted_signature(self) -> str:
        """Its name and arguments as SQL."""
        parts = (part for part in (self.name.schema, self.name.name) if part)
        return f"{'.'.join(map(identifier, parts))}({self.arguments})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A trigger of a table or view; ``definition`` is the whole text that makes it."""

    name: str
    table: QualifiedName
    definition: str
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An extension; ``schema`` and ``version`` are None where the models leave them open."""

    name: str
    schema: str | None = None
    version: str | None = None
