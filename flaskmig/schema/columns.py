"""Columns, their types, and what makes their values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flaskmig.schema.names import QualifiedName, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A column type.

    ``sql`` is the database's own spelling and is what is compared. ``source`` is how a
    revision file writes it, None where only the database knows the type. ``enum`` names the
    native enum that the type, or its array element, is.
    """

    sql: str
    source: Source | None = field(default=None, compare=False)
    enum: QualifiedName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """GENERATED ALWAYS AS (expression), stored or computed on read."""

    expression: str
    stored: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """GENERATED … AS IDENTITY and its sequence options; None is the database's default."""

    always: bool = False
    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cache: int | None = None
    cycle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column.

    ``default`` is the server's default as SQL text, ``default_source`` how a revision file
    writes it, None where only the text is known. ``autoincrement`` is AUTOINCREMENT on
    SQLite, and on PostgreSQL a serial column, whose owned sequence and default are then part
    of it and appear nowhere else. ``sequence`` names the free-standing sequence that
    ``default`` takes its values from. ``collation`` is None for the database's default.
    ``on_null`` is what SQLite does instead of failing where NOT NULL is violated: "IGNORE".
    ``elsewhere`` has the comment, identity and ``on_null`` that the models want on the other kind
    of database.
    """

    name: str
    type: Type
    nullable: bool = True
    default: str | None = None
    generated: Generated | None = None
    identity: Identity | None = None
    autoincrement: bool = False
    collation: str | None = None
    comment: str | None = None
    on_null: str | None = None
    sequence: QualifiedName | None = field(default=None, compare=False)
    default_source: Source | None = field(default=None, compare=False, repr=False)
    elsewhere: Column | None = field(default=None, compare=False, repr=False)

    @property
    def everywhere(self) -> Column:
        """What a revision file says for both kinds of database."""
        there = self.elsewhere
        if there is None:
            return self
        return replace(
            self,
            comment=self.comment or there.comment,
            identity=self.identity or there.identity,
            on_null=self.on_null or there.on_null,
        )

    def with_default(self, default: str | None) -> Column:
        """The column with another default, which no model has written."""
        if default == self.default:
            return self
        return replace(self, default=default, default_source=None)
