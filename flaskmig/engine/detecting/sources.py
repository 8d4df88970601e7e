"""What a side of a comparison is read from: models, a database, a schema or a snapshot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine import Dialect as SQLAlchemyDialect

from flaskmig.dialects import dialect_named, dialect_of
from flaskmig.dialects.base import Dialect
from flaskmig.engine.detecting.scope import Scope
from flaskmig.engine.records.history import DEFAULT_TABLE
from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName, Schema
from flaskmig.snapshots import Snapshot

Source: TypeAlias = sa.MetaData | Sequence[sa.MetaData] | Connection | Engine | Schema | Snapshot

_SYSTEM_SCHEMAS = ("information_schema", "pg_catalog", "pg_toast")
# Schemas that hold tables and views of extensions, and none of anybody else.
_OF_EXTENSIONS = """
SELECT n.nspname
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  LEFT JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
   AND d.objid = c.oid AND d.deptype = 'e'
 GROUP BY n.nspname
HAVING pg_catalog.count(*) = pg_catalog.count(d.objid)
"""


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
        connection = connected(source, stack)
        assert isinstance(connection, Connection)
        dialect = dialect_of(connection)
        wanted = {*schemas, *every_schema(dialect, connection, scope)}
        return live_schema(connection, dialect, wanted, scope)


def connected(source: Source, stack: ExitStack) -> Source:
    return stack.enter_context(source.connect()) if isinstance(source, Engine) else source


def dialect_for(sources: Sequence[Source | None], given: str | SQLAlchemyDialect | None) -> Dialect:
    """The database that both sides are for; ``sources`` are they, and who may spell them."""
    names = {name for source in sources[:2] if (name := _database_of(source)) is not None}
    if given is not None:
        names.add(given if isinstance(given, str) else given.name)
    if not names and (name := _database_of(sources[2])) is not None:
        names.add(name)
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


def _database_of(source: Source | None) -> str | None:
    if isinstance(source, Snapshot):
        return source.database
    return source.dialect.name if isinstance(source, Connection) else None


def collections_of(source: Source) -> Sequence[sa.MetaData] | None:
    """The models that a side is; None for one that is none."""
    if isinstance(source, Schema | Connection | Engine | Snapshot):
        return None
    return [source] if isinstance(source, sa.MetaData) else source


def live_schema(
    connection: Connection,
    dialect: Dialect,
    schemas: Collection[str],
    scope: Scope,
    *,
    without: Collection[QualifiedName] = (),
) -> Schema:
    """What the database has, less flaskmig's own tables and those ``without``."""
    default = dialect.default_schema(connection)
    wanted = sorted({*schemas} - {default or ""})
    found = dialect.introspect(connection, schemas=wanted, without=without)
    return without_own(found, scope, default)


def every_schema(dialect: Dialect, connection: Connection, scope: Scope) -> set[str]:
    """All namespaces but the database's own, where all are asked for."""
    if scope.include_schemas is not True or dialect.name != "postgresql":
        return set()
    was_open = connection.in_transaction()
    names = sa.inspect(connection).get_schema_names()
    extensions = set(connection.execute(sa.text(_OF_EXTENSIONS)).scalars())
    if not was_open:
        connection.rollback()
    return {name for name in names if not _is_system(name)} - extensions


def _is_system(schema: str) -> bool:
    return schema in _SYSTEM_SCHEMAS or schema.startswith("pg_")


def without_own(schema: Schema, scope: Scope, default_schema: str | None) -> Schema:
    return schema.with_tables(
        table for table in schema.tables if not scope.is_own(table.name, default_schema)
    )
