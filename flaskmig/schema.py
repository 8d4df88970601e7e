"""The data model: what a database has, or what models want it to have.

Everything that reads makes a `Schema`; everything that changes is an operation on one. All
classes are frozen, hashable and free of SQLAlchemy, and every collection is a tuple.

Names are resolved: an object in the connection's default schema has ``schema=None`` on both
sides of a comparison. SQL text (defaults, checks, index expressions) is kept as written; what
makes two spellings equal is the business of ``compare``'s ``equivalent``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, TypeAlias

from flaskmig.errors import ObjectExistsError, ObjectNotFoundError

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
    sequence: QualifiedName | None = field(default=None, compare=False)
    default_source: Source | None = field(default=None, compare=False, repr=False)

    def with_default(self, default: str | None) -> Column:
        """The column with another default, which no model has written."""
        if default == self.default:
            return self
        return replace(self, default=default, default_source=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryKey:
    columns: tuple[str, ...]
    name: str | None = None
    deferrable: bool = False
    initially_deferred: bool = False
    include: tuple[str, ...] = ()
    on_conflict: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique:
    columns: tuple[str, ...]
    name: str | None = None
    deferrable: bool = False
    initially_deferred: bool = False
    nulls_not_distinct: bool = False
    include: tuple[str, ...] = ()
    on_conflict: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    expression: str
    name: str | None = None
    not_valid: bool = False
    no_inherit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A foreign key; ``on_update``, ``on_delete`` and ``match`` are None for the default."""

    columns: tuple[str, ...]
    target: QualifiedName
    target_columns: tuple[str, ...]
    name: str | None = None
    on_update: str | None = None
    on_delete: str | None = None
    match: Literal["FULL", "PARTIAL"] | None = None
    deferrable: bool = False
    initially_deferred: bool = False
    not_valid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludeElement:
    """One ``expression WITH operator``; ``column`` where the expression is a plain column."""

    operator: str
    column: str | None = None
    expression: str | None = None
    opclass: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclude:
    elements: tuple[ExcludeElement, ...]
    name: str | None = None
    method: str = "gist"
    where: str | None = None
    deferrable: bool = False
    initially_deferred: bool = False


Constraint: TypeAlias = PrimaryKey | Unique | Check | ForeignKey | Exclude

CONSTRAINT_KINDS: Mapping[type, str] = {
    PrimaryKey: "primary",
    Unique: "unique",
    Check: "check",
    ForeignKey: "foreignkey",
    Exclude: "exclude",
}


def constraint_kind(constraint: Constraint) -> str:
    """ "primary", "unique", "check", "foreignkey" or "exclude"."""
    return CONSTRAINT_KINDS[type(constraint)]


def constraint_columns(constraint: Constraint) -> tuple[str, ...]:
    """The table's own columns that the constraint names outside of expressions."""
    match constraint:
        case PrimaryKey() | Unique():
            return (*constraint.columns, *constraint.include)
        case ForeignKey():
            return constraint.columns
        case Exclude():
            return tuple(element.column for element in constraint.elements if element.column)
        case Check():
            return ()


def describe_constraint(constraint: Constraint) -> str:
    """The constraint for people: its name, or what it is where it has none."""
    match constraint:
        case PrimaryKey():
            what = f"primary key ({', '.join(constraint.columns)})"
        case Unique():
            what = f"unique ({', '.join(constraint.columns)})"
        case ForeignKey():
            what = f"foreign key ({', '.join(constraint.columns)}) to {constraint.target}"
            if rules := ", ".join(_key_rules(constraint)):
                what += f" ({rules})"
        case Check():
            what = f"check ({constraint.expression})"
        case Exclude():
            parts = (f"{e.column or e.expression} WITH {e.operator}" for e in constraint.elements)
            what = f"exclude ({', '.join(parts)})"
    return f"{constraint.name}: {what}" if constraint.name else what


def _key_rules(key: ForeignKey) -> Iterator[str]:
    """What two keys of the same columns may differ in."""
    if key.on_delete:
        yield f"ON DELETE {key.on_delete}"
    if key.on_update:
        yield f"ON UPDATE {key.on_update}"
    if key.match:
        yield f"MATCH {key.match}"
    if key.deferrable:
        yield "DEFERRABLE INITIALLY DEFERRED" if key.initially_deferred else "DEFERRABLE"
    if key.not_valid:
        yield "NOT VALID"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPart:
    """One part of an index: a column or an expression, and how it is sorted."""

    column: str | None = None
    expression: str | None = None
    descending: bool = False
    nulls: Literal["first", "last"] | None = None
    collation: str | None = None
    opclass: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index; ``options`` are WITH (…) pairs in the order of their names.

    ``elsewhere`` is the index as the models want it on the other kind of database, where they
    say something of it for that one alone.
    """

    name: str
    parts: tuple[IndexPart, ...]
    unique: bool = False
    method: str | None = None
    where: str | None = None
    include: tuple[str, ...] = ()
    nulls_not_distinct: bool = False
    options: tuple[tuple[str, str], ...] = ()
    tablespace: str | None = None
    elsewhere: Index | None = field(default=None, compare=False, repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it names outside of expressions, INCLUDE ones last."""
        return (*(part.column for part in self.parts if part.column), *self.include)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ALTER TABLE changes on a table as a whole.

    ``options`` are name and value pairs in the order of their names: "strict",
    "without_rowid" on SQLite; "unlogged", "tablespace", "partition_by" and storage
    parameters as "with.fillfactor" on PostgreSQL.
    """

    comment: str | None = None
    options: tuple[tuple[str, OptionValue], ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum:
    """A native enum type; the order of its values is part of it."""

    name: QualifiedName
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A free-standing sequence; None is the database's default."""

    name: QualifiedName
    type: str | None = None
    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cache: int | None = None
    cycle: bool = False


Named: TypeAlias = Table | Enum | Sequence


@dataclass(frozen=True, kw_only=True)
class Schema:
    """All that is managed in one database. ``schemas`` are the namespaces beside the default."""

    tables: tuple[Table, ...] = ()
    enums: tuple[Enum, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    schemas: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for collection in ("tables", "enums", "sequences"):
            ordered = sorted(getattr(self, collection), key=lambda named: named.name)
            object.__setattr__(self, collection, tuple(ordered))
        object.__setattr__(self, "schemas", tuple(sorted(self.schemas)))

    @cached_property
    def _by_name(self) -> dict[tuple[type, QualifiedName], Any]:
        everything: tuple[Named, ...] = (*self.tables, *self.enums, *self.sequences)
        return {(type(named), named.name): named for named in everything}

    def find_table(self, name: QualifiedName) -> Table | None:
        found: Table | None = self._by_name.get((Table, name))
        return found

    def find_enum(self, name: QualifiedName) -> Enum | None:
        found: Enum | None = self._by_name.get((Enum, name))
        return found

    def find_sequence(self, name: QualifiedName) -> Sequence | None:
        found: Sequence | None = self._by_name.get((Sequence, name))
        return found

    def table(self, name: QualifiedName) -> Table:
        """The table of that name; raises ObjectNotFoundError."""
        found = self.find_table(name)
        if found is None:
            raise ObjectNotFoundError(f"there is no table {name}")
        return found

    def enum(self, name: QualifiedName) -> Enum:
        """The enum of that name; raises ObjectNotFoundError."""
        found = self.find_enum(name)
        if found is None:
            raise ObjectNotFoundError(f"there is no enum {name}")
        return found

    def sequence(self, name: QualifiedName) -> Sequence:
        """The sequence of that name; raises ObjectNotFoundError."""
        found = self.find_sequence(name)
        if found is None:
            raise ObjectNotFoundError(f"there is no sequence {name}")
        return found

    def tables_using(self, enum: QualifiedName) -> tuple[Table, ...]:
        """The tables with a column of that enum type."""
        return tuple(
            table
            for table in self.tables
            if any(column.type.enum == enum for column in table.columns)
        )

    def with_object(self, added: Named) -> Schema:
        """This schema and one object more; raises ObjectExistsError."""
        if (type(added), added.name) in self._by_name:
            raise ObjectExistsError(f"{_collection(added)[:-1]} {added.name} exists already")
        return self._replacing(added, {}, (added,))

    def without_object(self, removed: Named) -> Schema:
        """This schema less one object; raises ObjectNotFoundError."""
        self._require(removed)
        return self._replacing(removed, {removed.name: None}, ())

    def with_replaced(self, before: Named, after: Named) -> Schema:
        """This schema with ``after`` where ``before`` was, of the same kind, maybe another name."""
        self._require(before)
        if after.name != before.name and (type(after), after.name) in self._by_name:
            raise ObjectExistsError(f"{_collection(after)[:-1]} {after.name} exists already")
        return self._replacing(before, {before.name: after}, ())

    def with_tables(self, tables: Iterable[Table]) -> Schema:
        return replace(self, tables=tuple(tables))

    def _require(self, named: Named) -> None:
        if (type(named), named.name) not in self._by_name:
            raise ObjectNotFoundError(f"there is no {_collection(named)[:-1]} {named.name}")

    def _replacing(
        self, like: Named, changes: Mapping[QualifiedName, Named | None], added: tuple[Named, ...]
    ) -> Schema:
        collection = _collection(like)
        kept = (changes.get(named.name, named) for named in getattr(self, collection))
        values: dict[str, Any] = {collection: (*(named for named in kept if named), *added)}
        return replace(self, **values)


def _collection(named: Named) -> str:
    match named:
        case Table():
            return "tables"
        case Enum():
            return "enums"
        case Sequence():
            return "sequences"
