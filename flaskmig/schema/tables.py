"""Tables: columns with what holds for them and what finds their rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from flaskmig.errors import ObjectNotFoundError
from flaskmig.schema.columns import Column
from flaskmig.schema.constraints import (
    CONSTRAINT_KINDS,
    Check,
    Constraint,
    Exclude,
    ForeignKey,
    PrimaryKey,
    constraint_columns,
)
from flaskmig.schema.indexes import Index
from flaskmig.schema.names import OptionValue, QualifiedName


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ALTER TABLE changes on a table as a whole.

    ``options`` are name and value pairs in the order of their names: "strict",
    "without_rowid" on SQLite; "unlogged", "tablespace", "partition_by" and storage
    parameters as "with.fillfactor" on PostgreSQL. ``elsewhere`` are those that the models want
    on the other kind of database; there, "autoincrement" is the key's on SQLite.
    """

    comment: str | None = None
    options: tuple[tuple[str, OptionValue], ...] = ()
    elsewhere: Settings | None = field(default=None, compare=False, repr=False)

    @property
    def everywhere(self) -> Settings:
        """What a revision file says for both kinds of database."""
        there = self.elsewhere
        if there is None:
            return self
        options = {**dict(there.options), **dict(self.options)}
        return Settings(
            comment=self.comment or there.comment, options=tuple(sorted(options.items()))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; constraints and indexes are kept in a fixed order, columns in their own.

    ``sql`` (the stored CREATE TABLE text) and ``triggers`` (their stored SQL) are what a
    rebuild needs of things that the model does not express; they are not compared.
    """

    name: QualifiedName
    columns: tuple[Column, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    indexes: tuple[Index, ...] = ()
    settings: Settings = Settings()
    sql: str | None = field(default=None, compare=False, repr=False)
    triggers: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "constraints", tuple(sorted(self.constraints, key=_constraint_key))
        )
        object.__setattr__(
            self, "indexes", tuple(sorted(self.indexes, key=lambda index: index.name))
        )

    @property
    def primary_key(self) -> PrimaryKey | None:
        return next((c for c in self.constraints if isinstance(c, PrimaryKey)), None)

    @property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        return tuple(c for c in self.constraints if isinstance(c, ForeignKey))

    @property
    def expressions(self) -> Iterator[str]:
        """The texts that may name columns: of generated ones, checks, exclusions and indexes."""
        for column in self.columns:
            if column.generated is not None:
                yield column.generated.expression
        for constraint in self.constraints:
            if isinstance(constraint, Check):
                yield constraint.expression
            elif isinstance(constraint, Exclude):
                texts = (constraint.where, *(each.expression for each in constraint.elements))
                yield from (text for text in texts if text)
        for index in self.indexes:
            texts = (index.where, *(part.expression for part in index.parts))
            yield from (text for text in texts if text)

    def column(self, name: str) -> Column:
        """The column of that name; raises ObjectNotFoundError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise ObjectNotFoundError(f"table {self.name} has no column {name}")

    def has_column(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)

    def index(self, name: str) -> Index:
        """The index of that name; raises ObjectNotFoundError."""
        for index in self.indexes:
            if index.name == name:
                return index
        raise ObjectNotFoundError(f"table {self.name} has no index {name}")


_KIND_ORDER = {kind: rank for rank, kind in enumerate(CONSTRAINT_KINDS)}


def _constraint_key(constraint: Constraint) -> tuple[int, str, tuple[str, ...], str]:
    text = constraint.expression if isinstance(constraint, Check) else ""
    if isinstance(constraint, ForeignKey):
        text = f"{constraint.target} {constraint.target_columns}"
    return (
        _KIND_ORDER[type(constraint)],
        constraint.name or "",
        constraint_columns(constraint),
        text,
    )
