"""What a PostgreSQL database may have that no operation makes, changes or drops."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import text
from sqlalchemy.engine import Connection

from flaskmig.dialects.postgresql import transactions
from flaskmig.dialects.postgresql.queries import NOT_OF_AN_EXTENSION


def _not_of_an_extension(catalog: str, oid: str) -> str:
    return NOT_OF_AN_EXTENSION.format(catalog=f"pg_catalog.{catalog}", oid=oid)


# One line for each object, as people are told of it.
_FOUND = f"""
SELECT what FROM (
    SELECT n.nspname AS home, 'domain ' || t.typname AS what
      FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typtype = 'd' {_not_of_an_extension("pg_type", "t.oid")}
    UNION ALL
    SELECT n.nspname, 'composite type ' || c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'c' {_not_of_an_extension("pg_class", "c.oid")}
    UNION ALL
    SELECT n.nspname, 'range type ' || t.typname
      FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typtype = 'r' {_not_of_an_extension("pg_type", "t.oid")}
    UNION ALL
    SELECT n.nspname, 'foreign table ' || c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'f' {_not_of_an_extension("pg_class", "c.oid")}
    UNION ALL
    SELECT n.nspname, 'that ' || c.relname || ' inherits from ' || p.relname
      FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
      JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'f') AND NOT c.relispartition
    UNION ALL
    SELECT n.nspname, 'row security policy ' || p.polname || ' of ' || c.relname
      FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    UNION ALL
    SELECT n.nspname, 'rule ' || r.rulename || ' of ' || c.relname
      FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE r.rulename <> '_RETURN' {_not_of_an_extension("pg_class", "c.oid")}
    {{since_18}}
    UNION ALL
    SELECT n.nspname, 'statistics ' || s.stxname
      FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
) AS found
WHERE home = ANY (CAST(:schemas AS pg_catalog.text[])) OR home = pg_catalog.current_schema()
ORDER BY what
"""
_FIRST_WITH_TEMPORAL_KEYS = 180000
_SINCE_18 = """
    UNION ALL
    SELECT n.nspname, 'constraint ' || o.conname || ' of ' || c.relname || CASE
               WHEN o.conperiod THEN ', which is about periods'
               ELSE ', which is not enforced' END
      FROM pg_catalog.pg_constraint o JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE o.conparentid = 0 AND (o.conperiod OR NOT o.conenforced)
"""


def inexpressible(connection: Connection, schemas: Collection[str]) -> tuple[str, ...]:
    """The objects in the default schema and in ``schemas``, each as a phrase for people.

    Leaves no transaction open.
    """
    was_open = transactions.is_open(connection) or connection.in_transaction()
    is_modern = transactions.server_version(connection) >= _FIRST_WITH_TEMPORAL_KEYS
    query = text(_FOUND.format(since_18=_SINCE_18 if is_modern else ""))
    found = connection.execute(query, {"schemas": sorted(schemas)}).scalars().all()
    if not was_open:
        connection.rollback()
    return tuple(map(str, found))
