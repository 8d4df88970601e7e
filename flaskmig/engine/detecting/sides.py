"""Both sides of a comparison: read, narrowed to what is compared, and what they were read from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine import Dialect as SQLAlchemyDialect

from flaskmig.dialects import dialect_named, dialect_of
from flaskmig.dialects.base import Dialect
from flaskmig.engine.comparing.renames import Rename
from flaskmig.engine.detecting.column_rules import (
    ColumnRules,
    CompareServerDefault,
    CompareType,
    ComparisonContext,
)
from flaskmig.engine.detecting.inclusion import IncludeName, IncludeObject, Inclusion, Models
from flaskmig.engine.models.metadata import Reader, read_metadata
from flaskmig.engine.models.rebuilt import Rebuilt
from flaskmig.engine.models.rename_hints import rename_hints
from flaskmig.engine.records.history import DEFAULT_TABLE
from flaskmig.engine.records.journal import TABLE as JOURNAL
from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName, Schema

Source: TypeAlias = sa.MetaData | Sequence[sa.MetaData] | Connection | Engine | Schema

_SYSTEM_SCHEMAS = ("information_schema", "pg_catalog", "pg_toast")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What of two schemas is compared.

    ``managed`` are the tables that may be dropped, None for all; the others are listed as
    unmanaged. The functions are called as Alembic calls them. The default schema and those that
    the models name are always read; ``include_schemas`` True means all.
    """

    managed: Collection[QualifiedName | str] | None = None
    include_object: IncludeObject | None = None
    include_name: IncludeName | None = None
    include_schemas: bool | Literal["from_metadata"] = False
    compare_type: bool | CompareType = True
    compare_server_default: bool | CompareServerDefault = True
    version_table: str = DEFAULT_TABLE
    version_table_schema: str | None = None

    def is_own(self, table: QualifiedName, default_schema: str | None) -> bool:
        """Whether the table is flaskmig's own: the history, or its journal beside it."""
        schema = self.version_table_schema
        if schema == default_schema:
            schema = None
        return table.name in (self.version_table, JOURNAL) and table.schema == schema

    def manages(self, table: QualifiedName) -> bool:
        if self.managed is None:
            return True
        return table in self.managed or str(table) in self.managed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """``desired`` narrowed so that it equals ``current`` in all that is not compared.

    ``connection`` is the one that can say how the other side would be spelled, None where there
    is none or nothing to ask. A side is live where it was read from a database. ``models`` has
    the desired side as SQLAlchemy objects, ``hints`` what it says of its former names.
    """

    current: Schema
    desired: Schema
    dialect: Dialect
    rules: ColumnRules
    models: Models | Rebuilt
    hints: tuple[Rename, ...] = ()
    connection: Connection | None = None
    unmanaged: tuple[QualifiedName, ...] = ()
    desired_is_live: bool = False
    current_is_live: bool = True


@contextmanager
def read_sides(
    target: Source, current: Source, scope: Scope, *, dialect: str | SQLAlchemyDialect | None = None
) -> Iterator[Sides]:
    """Read both sides; connections opened for an Engine are closed at the end.

    Raises ConfigurationError where nothing says which database it is, or both sides are
    databases of different kinds.
    """
    with ExitStack() as stack:
        sources = [_connected(source, stack) for source in (target, current)]
        found = _dialect(sources, dialect)
        live = [source for source in sources if isinstance(source, Connection)]
        connection = live[-1] if live else None
        default = found.default_schema(connection) if connection is not None else None
        declared = [_declared(source, found, connection, default) for source in sources]
        schemas = {name for schema in declared if schema for name in schema.schemas}
        schemas |= _every_schema(found, connection, scope)
        desired, present = (
            _without_own(schema or _live(source, found, schemas - {default or ""}), scope, default)
            for source, schema in zip(sources, declared, strict=True)
        )
        models, hints = _models(sources[0], desired, found, default)
        rules = ColumnRules(
            scope.compare_type,
            scope.compare_server_default,
            models,
            ComparisonContext(connection.dialect if connection else found.compiler, connection),
        )
        narrowed, unmanaged = narrow(present, desired, scope, models=models, rules=rules)
        yield Sides(
            current=present,
            desired=narrowed,
            dialect=found,
            rules=rules,
            models=models,
            hints=hints,
            connection=connection if len(live) == 1 else None,
            unmanaged=unmanaged,
            desired_is_live=isinstance(sources[0], Connection),
            current_is_live=isinstance(sources[1], Connection),
        )


def introspect(
    source: Connection | Engine,
    *,
    schemas: Collection[str] = (),
    include_schemas: bool = False,
    version_table: str = DEFAULT_TABLE,
    version_table_schema: str | None = None,
) -> Schema:
    """The schema that a database has, less the history and journal that flaskmig keeps there.

    ``schemas`` are namespaces to read beside the default one, ``include_schemas`` means all.
    """
    scope = Scope(
        include_schemas=include_schemas,
        version_table=version_table,
        version_table_schema=version_table_schema,
    )
    with ExitStack() as stack:
        connection = _connected(source, stack)
        assert isinstance(connection, Connection)
        dialect = dialect_of(connection)
        default = dialect.default_schema(connection)
        wanted = {*schemas, *_every_schema(dialect, connection, scope)} - {default or ""}
        return _without_own(dialect.introspect(connection, schemas=sorted(wanted)), scope, default)


def _connected(source: Source, stack: ExitStack) -> Source:
    return stack.enter_context(source.connect()) if isinstance(source, Engine) else source


def _dialect(sources: Sequence[Source], given: str | SQLAlchemyDialect | None) -> Dialect:
    names = {source.dialect.name for source in sources if isinstance(source, Connection)}
    if given is not None:
        names.add(given if isinstance(given, str) else given.name)
    if len(names) == 1:
        return dialect_named(names.pop())
    if names:
        raise ConfigurationError(
            f"the sides are of different databases: {' and '.join(sorted(names))}",
            hint="compare each with the models",
        )
    raise ConfigurationError(
        "nothing says which database to compare for",
        hint='give a connection on one side, or dialect="postgresql" or "sqlite"',
    )


def _declared(
    source: Source, dialect: Dialect, connection: Connection | None, default_schema: str | None
) -> Schema | None:
    """The schema of a side that is no database."""
    if isinstance(source, Schema):
        return source
    if isinstance(source, Connection | Engine):
        return None
    server = connection.dialect if connection is not None else None
    return read_metadata(source, dialect, default_schema=default_schema, server=server)


def _live(source: Source, dialect: Dialect, schemas: Collection[str]) -> Schema:
    assert isinstance(source, Connection)
    return dialect.introspect(source, schemas=sorted(schemas))


def _every_schema(dialect: Dialect, connection: Connection | None, scope: Scope) -> set[str]:
    """All namespaces but the database's own, where all are asked for."""
    if scope.include_schemas is not True or connection is None or dialect.name != "postgresql":
        return set()
    names = sa.inspect(connection).get_schema_names()
    return {name for name in names if not _is_system(name)}


def _is_system(schema: str) -> bool:
    return schema in _SYSTEM_SCHEMAS or schema.startswith("pg_")


def _without_own(schema: Schema, scope: Scope, default_schema: str | None) -> Schema:
    return schema.with_tables(
        table for table in schema.tables if not scope.is_own(table.name, default_schema)
    )


def _models(
    source: Source, desired: Schema, dialect: Dialect, default_schema: str | None
) -> tuple[Models | Rebuilt, tuple[Rename, ...]]:
    """The desired side as SQLAlchemy objects, and what it says of its former names."""
    if isinstance(source, Schema | Connection | Engine):
        return Rebuilt(desired), ()
    collections = [source] if isinstance(source, sa.MetaData) else source
    reader = Reader(dialect, default_schema)
    return Models(collections, reader), rename_hints(collections, reader)


def narrow(
    current: Schema,
    desired: Schema,
    scope: Scope,
    *,
    models: Models | Rebuilt,
    rules: ColumnRules,
) -> tuple[Schema, tuple[QualifiedName, ...]]:
    """The desired schema with what is not compared as ``current`` has it; the unmanaged tables."""
    if scope.include_object is not None or scope.include_name is not None:
        inclusion = Inclusion(scope.include_object, scope.include_name, models, current)
        desired = inclusion.apply(desired)
    unmanaged = tuple(
        table.name
        for table in current.tables
        if desired.find_table(table.name) is None and not scope.manages(table.name)
    )
    desired = desired.with_tables((*desired.tables, *(current.table(name) for name in unmanaged)))
    desired = rules.apply(current, desired)
    return _with_used(current, desired, scope), unmanaged


def _with_used(current: Schema, desired: Schema, scope: Scope) -> Schema:
    """The desired schema with the enums, sequences and namespaces that stay.

    Those that its tables use though the models do not declare them; and, where only managed
    tables may go, all that no managed table used.
    """
    columns = [column for table in desired.tables for column in table.columns]
    used = {column.type.enum for column in columns} | {column.sequence for column in columns}
    droppable = {
        name
        for table in current.tables
        if scope.manages(table.name)
        for column in table.columns
        for name in (column.type.enum, column.sequence)
    }
    keeps_all = scope.managed is not None

    def stays(name: QualifiedName) -> bool:
        return name in used or (keeps_all and name not in droppable)

    enums = [e for e in current.enums if not desired.find_enum(e.name) and stays(e.name)]
    sequences = [
        s for s in current.sequences if not desired.find_sequence(s.name) and stays(s.name)
    ]
    schemas = {*desired.schemas, *(current.schemas if keeps_all else ())}
    homes = {table.name.schema for table in desired.tables}
    schemas.update(name for name in current.schemas if name in homes)
    return replace(
        desired,
        enums=(*desired.enums, *enums),
        sequences=(*desired.sequences, *sequences),
        schemas=tuple(schemas),
    )
