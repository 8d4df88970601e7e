"""What the tables of a PostgreSQL database stand among: schemas, the search path, extensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.postgresql import transactions
from flaskmig.sql import quote

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_PATH = "SELECT pg_catalog.current_setting('search_path'), pg_catalog.current_schemas(false)"
_SET_PATH = text("SELECT pg_catalog.set_config('search_path', :path, false)")
_EXTENSIONS = """
    SELECT e.extname, n.nspname
      FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
     WHERE e.extname <> 'plpgsql'
     ORDER BY e.oid
"""
# Domains, composite and range types, routines and collations. Enums are in the model, arrays and
# the row types of tables come by themselves.
_UNMODELLED = text(
    """
    WITH member AS (
        SELECT d.classid, d.objid, e.extname
          FROM pg_catalog.pg_depend d
          JOIN pg_catalog.pg_extension e
            ON d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
           AND d.refobjid = e.oid AND d.deptype = 'e'
    ), named AS (
        SELECT 'pg_catalog.pg_type'::pg_catalog.regclass AS classid, t.oid, t.typname AS name,
               t.typnamespace AS namespace
          FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
         WHERE t.typtype IN ('b', 'd', 'r', 'm') AND t.typelem = 0 OR c.relkind = 'c'
        UNION ALL
        SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, p.proname, p.pronamespace
          FROM pg_catalog.pg_proc p
        UNION ALL
        SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, c.oid, c.collname, c.collnamespace
          FROM pg_catalog.pg_collation c
    )
    SELECT DISTINCT named.name
      FROM named
      JOIN pg_catalog.pg_namespace n ON n.oid = named.namespace
      LEFT JOIN member ON member.classid = named.classid AND member.objid = named.oid
     WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
       AND (member.extname IS NULL OR member.extname = ANY (:unmade))
    """
)


def copy(source: Connection, target: Connection) -> list[str]:
    """Give an empty database the schemas, the search path and the extensions of another one.

    Returns the extensions that could not be made there. Both connections are left in no
    transaction that was not open before.
    """
    path, effective = transactions.execute(source, _PATH).one()
    extensions = transactions.execute(source, _EXTENSIONS).all()
    schemas = dict.fromkeys([*effective, *(schema for _, schema in extensions)])
    for schema in schemas:
        if not schema.startswith("pg_"):
            transactions.execute(target, f"CREATE SCHEMA IF NOT EXISTS {quote(schema)}")
    target.commit()
    unmade = [name for name, schema in extensions if not _make(target, name, schema)]
    target.execute(_SET_PATH, {"path": path})
    target.commit()
    return unmade


def unmodelled(connection: Connection, unmade: Sequence[str]) -> frozenset[str]:
    """The names of types, routines and collations that no extension but ``unmade`` ones brings."""
    return frozenset(connection.execute(_UNMODELLED, {"unmade": list(unmade)}).scalars())


def _make(target: Connection, extension: str, schema: str) -> bool:
    """Make an extension; some choose their schema themselves."""
    for where in (f" SCHEMA {quote(schema)}", ""):
        try:
            sql = f"CREATE EXTENSION IF NOT EXISTS {quote(extension)}{where} CASCADE"
            transactions.execute(target, sql)
        except DBAPIError:
            target.rollback()
        else:
            target.commit()
            return True
    return False
