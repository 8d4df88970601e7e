"""SQLAlchemy models as a Schema: what ``create_all`` would make on one database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect as SQLAlchemyDialect
from sqlalchemy.sql.functions import next_value
from sqlalchemy.types import Enum as EnumType
from sqlalchemy.types import TypeEngine

from flaskmig.dialects import dialect_named
from flaskmig.dialects.base import Dialect
from flaskmig.engine.models.columns import read_column, read_sequence, with_elsewhere
from flaskmig.engine.models.constraints import read_constraint
from flaskmig.engine.models.declared import is_view, read_declared, with_reads, with_tables
from flaskmig.engine.models.expressions import Expressions, has_options
from flaskmig.engine.models.indexes import read_index
from flaskmig.engine.models.merged_keys import merged
from flaskmig.engine.models.storable import refuse_unstorable
from flaskmig.engine.models.tables import read_settings
from flaskmig.engine.models.tables import with_elsewhere as settings_with_elsewhere
from flaskmig.engine.models.types import ModelTypes
from flaskmig.errors import ConfigurationError
from flaskmig.schema import (
    Column,
    Constraint,
    Enum,
    Extension,
    ForeignKey,
    Function,
    Index,
    Named,
    QualifiedName,
    Schema,
    Settings,
    Table,
    Trigger,
    Type,
    Unique,
    View,
)
from flaskmig.schema import Sequence as SequenceObject

_DECLARED = {View: "views", Function: "functions", Trigger: "triggers", Extension: "extensions"}
# The version of PostgreSQL that has generated columns that are not stored.
_FIRST_WITH_VIRTUAL = (18,)

SKIP = "skip_autogenerate"
_NOTHING: Mapping[QualifiedName, Iterable[Enum]] = {}
DEFAULT_SCHEMAS = {"postgresql": "public", "sqlite": "main"}


def read_metadata(
    metadata: sa.MetaData | Sequence[sa.MetaData],
    dialect: Dialect,
    *,
    default_schema: str | None = None,
    server: SQLAlchemyDialect | None = None,
) -> Schema:
    """The schema that the models ask for.

    ``default_schema`` is the name that the connection's default schema has, so that models
    which spell it out mean the same tables; None for the database's usual one. ``server`` is
    the SQLAlchemy dialect of a live connection, which knows what that server's version does.
    Tables with ``info={"skip_autogenerate": True}`` are left out. Raises ConfigurationError
    for models that cannot be made on this database.
    """
    collections = [metadata] if isinstance(metadata, sa.MetaData) else list(metadata)
    return read_models(collections, Reader(dialect, default_schema, server=server))


def read_models(
    collections: Sequence[sa.MetaData],
    reader: Reader,
    *,
    without: Mapping[QualifiedName, Iterable[Enum]] = _NOTHING,
) -> Schema:
    """`read_metadata`, less the tables ``without``, each with its native enums.

    What else the models declare is all there.
    """
    dialect = reader.dialect
    tables: dict[str, Table] = {}
    enums: dict[str, Enum] = {}
    sequences: dict[str, SequenceObject] = {}
    declared: dict[str, dict[str, Any]] = {kind: {} for kind in _DECLARED.values()}
    for collection in collections:
        for model in collection.tables.values():
            if without and (name := reader.table_name(model)) in without:
                _collect(enums, without[name], "enum")
                continue
            if is_left_out(model):
                continue
            table = reader.table(model)
            _collect(tables, [table], "table")
            _collect(enums, reader.used_enums(model), "enum")
            _collect(sequences, reader.sequences(model), "sequence")
        for value in read_declared(reader, collection):
            kind = _DECLARED[type(value)]
            _collect(declared[kind], [value], kind[:-1])
        _collect(enums, reader.unattached_enums(collection), "enum")
        _collect(sequences, reader.declared_sequences(collection), "sequence")
    objects: list[Table | Enum | SequenceObject | View | Function]
    objects = [*tables.values(), *enums.values(), *sequences.values()]
    objects += [*declared["views"].values(), *declared["functions"].values()]
    names = {item.name.schema for item in objects if item.name.schema}
    names |= {name.schema for name in without if name.schema}
    names |= {each.schema for each in declared["extensions"].values() if each.schema}
    relations = [*(table.name for table in tables.values()), *without]
    relations += [view.name for view in declared["views"].values()]
    views = with_reads(declared.pop("views").values(), relations)
    triggers: Iterable[Trigger] = declared.pop("triggers").values()
    if dialect.name == "sqlite":
        triggers = with_tables(triggers, relations)
    schema = Schema(
        tables=tuple(tables.values()),
        enums=tuple(enums.values()),
        sequences=tuple(sequences.values()),
        schemas=tuple(names) if dialect.name == "postgresql" else (),
        views=views,
        triggers=tuple(triggers),
        **{kind: tuple(found.values()) for kind, found in declared.items()},
    )
    refuse_unstorable(schema)
    return schema


def _refuse_virtual(computed: sa.Computed) -> None:
    """Raise ConfigurationError for a column that says it is computed on read."""
    if computed.persisted is not None:
        raise ConfigurationError(
            "PostgreSQL has virtual generated columns since version 18, and this server is older",
            hint="store it: sa.Computed(…, persisted=True)",
        )


def is_left_out(model: sa.Table) -> bool:
    """Whether the table says of itself that migrations leave it alone."""
    return bool(model.info.get(SKIP) or is_view(model))


def _is_alike(item: sa.Table | sa.Column[Any]) -> bool:
    """Whether it has nothing that only one kind of database could have: comment, arguments."""
    return not item.comment and not has_options(item)


def _collect(found: dict[str, Any], items: Iterable[Named], kind: str) -> None:
    for item in items:
        known = found.setdefault(_label(item), item)
        if known is not item and (kind == "table" or known != item):
            raise ConfigurationError(
                f"the models declare {kind} {_label(item)} twice, and not alike",
                hint="share one declaration, or give one of them another name",
            )


def _label(item: Named) -> str:
    match item:
        case Function():
            return item.signature
        case Trigger():
            return f"{item.name} on {item.table}"
        case _:
            return str(item.name)


class Reader:
    """Reads single SQLAlchemy objects for one database.

    ``default_schema`` and ``server`` are as for `read_metadata`. ``cuts_names``: names that are
    too long for the database are cut, where models must not have such.
    """

    def __init__(
        self,
        dialect: Dialect,
        default_schema: str | None = None,
        *,
        server: SQLAlchemyDialect | None = None,
        cuts_names: bool = False,
    ) -> None:
        self.dialect = dialect
        self.default_schema = default = default_schema or DEFAULT_SCHEMAS.get(dialect.name)
        self.expressions = Expressions(dialect.compiler, default, cuts_names=cuts_names)
        self._types = ModelTypes(self.expressions, dialect.spell_type)
        # Since 18 PostgreSQL has virtual generated columns, and they are its default.
        knows = server if server is not None else dialect.compiler
        virtual = getattr(knows, "supports_virtual_generated_columns", False)
        self._stored_by_default = dialect.name == "postgresql" and not virtual
        version = getattr(server, "server_version_info", None) or _FIRST_WITH_VIRTUAL
        self._has_virtual = dialect.name != "postgresql" or version >= _FIRST_WITH_VIRTUAL

    def table(self, table: sa.Table) -> Table:
        """The table as ``create_all`` makes it; raises ConfigurationError."""
        try:
            return Table(
                name=self.table_name(table),
                columns=tuple(self.column(column) for column in table.columns if not column.system),
                constraints=tuple(self._made_of(self._constraints(table))),
                indexes=tuple(
                    self.index(index) for index in table.indexes if self.expressions.is_made(index)
                ),
                settings=self._settings(table),
            )
        except ConfigurationError as error:
            raise ConfigurationError(
                f"table {table.fullname}: {error.message}", hint=error.hint
            ) from error

    def _settings(self, table: sa.Table) -> Settings:
        read = read_settings(self.expressions, table)
        if _is_alike(table) and not table._prefixes:
            return read
        return settings_with_elsewhere(read, self._elsewhere, table)

    def table_name(self, table: sa.Table) -> QualifiedName:
        return self.qualified(table.name, table.schema)

    def name_of(self, item: sa.Constraint | sa.Index) -> str | None:
        """The name by the naming convention; None where the database chooses one."""
        return self.expressions.constraint_name(item)

    def cut(self, name: str) -> str:
        """A name of a constraint or index, cut to what the database takes."""
        return self.expressions.cut(name)

    def qualified(self, name: str, schema: str | None) -> QualifiedName:
        """The name; the default schema is None, also where it is spelled out."""
        return self.expressions.qualified(name, schema)

    def _made_of(self, constraints: Iterable[Constraint]) -> Iterable[Constraint]:
        return merged(constraints) if self.dialect.name == "postgresql" else constraints

    def _constraints(self, table: sa.Table) -> Iterable[Constraint]:
        # A check that is written inside of a column stays with the column.
        own = (constraint for column in table.columns for constraint in column.constraints)
        declared = sorted(table.constraints, key=lambda each: each._creation_order)
        for constraint in (*declared, *own):
            if not self.expressions.is_made(constraint) or _is_empty(constraint):
                continue
            read = self.constraint(constraint)
            if isinstance(read, ForeignKey) and not self._reaches(table, read):
                continue
            yield read

    def _reaches(self, table: sa.Table, key: ForeignKey) -> bool:
        """Whether ``create_all`` writes the key: not one between attached databases of SQLite."""
        if self.dialect.name != "sqlite":
            return True
        return key.target.schema == self.expressions.schema(table.schema)

    def column(self, column: sa.Column[Any]) -> Column:
        """The column without what its table says of it; raises ConfigurationError."""
        try:
            if not (self._has_virtual or column.computed is None or column.computed.persisted):
                _refuse_virtual(column.computed)
            read = read_column(
                self.expressions, self._types, column, stored_by_default=self._stored_by_default
            )
            if _is_alike(column) and column.identity is None:
                return read
            return with_elsewhere(read, self._elsewhere, column)
        except ConfigurationError as error:
            raise ConfigurationError(
                f"column {column.name}: {error.message}", hint=error.hint
            ) from error

    def type(self, type_: TypeEngine[Any]) -> Type:
        return self._types.read(type_).type

    def collation(self, type_: TypeEngine[Any]) -> str | None:
        """The collation that SQLAlchemy makes part of a type."""
        return self._types.read(type_).collation

    def constraint(self, constraint: sa.Constraint) -> Constraint:
        read = read_constraint(self.expressions, constraint)
        if isinstance(constraint, sa.UniqueConstraint) and self._says_elsewhere(constraint):
            assert isinstance(read, Unique)
            there = read_constraint(self._elsewhere, constraint)
            assert isinstance(there, Unique)
            return replace(read, elsewhere=there)
        return read

    def index(self, index: sa.Index) -> Index:
        read = read_index(self.expressions, index)
        if not self._says_elsewhere(index):
            return read
        try:
            return replace(read, elsewhere=read_index(self._elsewhere, index))
        except ConfigurationError:
            # The other database cannot have it; that is no matter of this one.
            return read

    def _says_elsewhere(self, item: sa.UniqueConstraint | sa.Index) -> bool:
        """Whether it has options for the other kind of database, itself or by its columns."""
        # An index may be on a column that no table has.
        columns = [column for column in item.columns if isinstance(column, sa.Column)]
        options = (key for each in (item, *columns) for key in each.dialect_kwargs)
        return any(key.startswith(f"{self._other}_") for key in options)

    @property
    def _other(self) -> str:
        return next(name for name in DEFAULT_SCHEMAS if name != self.dialect.name)

    @cached_property
    def _elsewhere(self) -> Expressions:
        """As the other kind of database would have it; loads SQLAlchemy's dialect for that."""
        other = self._other
        return Expressions(dialect_named(other).compiler, DEFAULT_SCHEMAS[other])

    def default(self, value: Any) -> str | None:
        """A server default as SQL text; takes what ``Column(server_default=…)`` takes."""
        return self.expressions.default(value)

    def sql(self, expression: Any) -> str:
        """An expression as SQL with its literals inline; a str is SQL already."""
        return self.expressions.sql(expression)

    def sequence(self, sequence: sa.Sequence) -> SequenceObject:
        return read_sequence(self.expressions, self._types, sequence)

    def enums(self, table: sa.Table) -> tuple[Enum, ...]:
        """The native enums of the table's columns that SQLAlchemy would create with it."""
        return self._enums(table, created_only=True)

    def used_enums(self, table: sa.Table) -> tuple[Enum, ...]:
        """All native enums of the table's columns whose values the models know."""
        return self._enums(table, created_only=False)

    def _enums(self, table: sa.Table, *, created_only: bool) -> tuple[Enum, ...]:
        found = {}
        for column in table.columns:
            enum = self._types.native_enum(column.type)
            if enum is None or (created_only and not getattr(enum, "create_type", True)):
                continue
            if enum.enums:
                made = self._types.enum_object(enum)
                found[made.name] = made
        return tuple(found.values())

    def unattached_enums(self, metadata: sa.MetaData) -> Iterable[Enum]:
        """The native enums that belong to the MetaData though no column uses them."""
        for enum in _enums_of(metadata):
            native = self._types.native_enum(enum)
            if native is not None and native.name and native.enums:
                yield self._types.enum_object(native)

    def sequences(self, table: sa.Table) -> tuple[SequenceObject, ...]:
        """The free-standing sequences that the table's columns take values from."""
        if not self.expressions.dialect.supports_sequences:
            return ()
        found = []
        for column in table.columns:
            default = column.default
            if isinstance(default, sa.Sequence) and not default.optional:
                found.append(self.sequence(default))
            argument = getattr(column.server_default, "arg", None)
            if isinstance(argument, next_value):
                found.append(self.sequence(argument.sequence))
        return tuple(found)

    def declared_sequences(self, metadata: sa.MetaData) -> Iterable[SequenceObject]:
        """The sequences that belong to the MetaData."""
        if self.expressions.dialect.supports_sequences:
            for sequence in metadata._sequences.values():
                if sequence.column is None and not sequence.optional:
                    yield self.sequence(sequence)


def _is_empty(constraint: sa.Constraint) -> bool:
    """Whether it is a key of no columns, of which ``create_all`` writes nothing."""
    if not isinstance(constraint, sa.PrimaryKeyConstraint | sa.UniqueConstraint):
        return False
    return not len(constraint.columns)


def _enums_of(metadata: sa.MetaData) -> list[EnumType]:
    """The enums that were given the MetaData: they listen to its creation, and only so it knows
    of them (SQLAlchemy 2.1 keeps a list too, but with those that only a variant uses)."""
    found = []
    for listener in metadata.dispatch.before_create:
        owner = getattr(listener, "__self__", None)
        if owner is None and not getattr(listener, "kwargs", True):
            owner = getattr(listener, "target", None)  # SQLAlchemy 2.0's portable_instancemethod
        if isinstance(owner, EnumType):
            found.append(owner)
    return found
