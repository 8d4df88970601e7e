"""What a database holds, by its raw catalogues alone: the judge of the laws.

Two databases that give the same answer differ in nothing that these catalogues tell but the order
of columns. Nothing here asks flaskmig.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy.engine import Connection

from tests.laws.strategies import quoted
from tests.live.catalogue import sqlite_shape

# Names of namespaces that are the server's own.
_OURS = r"n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"

_POSTGRESQL = f"""
SELECT 'schema' AS kind, n.nspname::text AS name, '' AS part, '' AS facts
  FROM pg_namespace n WHERE {_OURS}
UNION ALL
SELECT 'relation', n.nspname || '.' || c.relname, '',
    concat_ws('|', c.relkind, c.relpersistence, array_to_string(c.reloptions, ','),
              obj_description(c.oid, 'pg_class'), pg_get_partkeydef(c.oid))
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND {_OURS}
UNION ALL
SELECT 'column', n.nspname || '.' || c.relname, a.attname,
    concat_ws('|', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
              a.attgenerated, pg_get_expr(d.adbin, d.adrelid), l.collname,
              col_description(c.oid, a.attnum))
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  LEFT JOIN pg_collation l ON l.oid = a.attcollation
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm') AND {_OURS}
UNION ALL
SELECT 'constraint', n.nspname || '.' || c.relname, o.conname,
    concat_ws('|', pg_get_constraintdef(o.oid), o.convalidated)
  FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE o.contype <> 'n' AND {_OURS}
UNION ALL
SELECT 'index', n.nspname || '.' || c.relname, i.relname,
    concat_ws('|', pg_get_indexdef(x.indexrelid), x.indisvalid, x.indnullsnotdistinct)
  FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS}
UNION ALL
SELECT 'enum', n.nspname || '.' || t.typname, '',
    (SELECT string_agg(e.enumlabel, '|' ORDER BY e.enumsortorder) FROM pg_enum e
      WHERE e.enumtypid = t.oid)
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND {_OURS}
UNION ALL
SELECT 'sequence', n.nspname || '.' || c.relname, '',
    concat_ws('|', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
              s.seqcache, s.seqcycle, d.deptype, d.refobjid::regclass)
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
    AND d.deptype IN ('a', 'i')
  WHERE {_OURS}
UNION ALL
SELECT 'view', n.nspname || '.' || c.relname, '', pg_get_viewdef(c.oid)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND {_OURS}
UNION ALL
SELECT 'trigger', n.nspname || '.' || c.relname, g.tgname, pg_get_triggerdef(g.oid)
  FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT g.tgisinternal AND {_OURS}
"""


def shape(connection: Connection) -> dict[str, Any]:
    """Everything that the catalogues tell of what the database holds, but rows."""
    if connection.dialect.name == "postgresql":
        # nulls_not_distinct came with PostgreSQL 15.
        rows = connection.exec_driver_sql(_for_version(connection)).all()
        return {f"{row.kind} {row.name} {row.part}": row.facts for row in rows}
    told = {
        f"{kind} of {table}": facts
        for table, found in sqlite_shape(connection).items()
        if isinstance(found, dict)
        for kind, facts in found.items()
        if kind in ("columns", "foreign keys", "indexes", "checks")
    }
    return {**told, **dict(_sqlite_rest(connection))}


def _for_version(connection: Connection) -> str:
    version = connection.dialect.server_version_info or (0,)
    if version >= (15,):
        return _POSTGRESQL
    return _POSTGRESQL.replace("x.indnullsnotdistinct", "false")


def _sqlite_rest(connection: Connection) -> Iterator[tuple[str, object]]:
    """What no pragma tells of a table, and what is no table."""
    for row in connection.exec_driver_sql("PRAGMA table_list").all():
        if not row[1].startswith("sqlite_"):
            yield f"kind of {row[1]}", tuple(row[2:])
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    query += " AND substr(name, 1, 7) <> 'sqlite_'"
    for row in connection.exec_driver_sql(query).all():
        words = " ".join(row.sql.split())
        if row.type == "table":
            yield f"autoincrement of {row.name}", bool(re.search(r"\bAUTOINCREMENT\b", words))
            yield f"collations of {row.name}", _collations(connection, row.name)
        elif row.type == "index":
            yield f"index {row.name}", words.replace("IF NOT EXISTS ", "")
        else:
            yield f"{row.type} {row.name} on {row.tbl_name}", words


def _collations(connection: Connection, table: str) -> set[tuple[object, object]]:
    """The collation of each column, as an index that is made and taken back tells it."""
    address = quoted(table)
    columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_xinfo({address})")]
    connection.exec_driver_sql("SAVEPOINT judge")
    listed = ", ".join(map(quoted, columns))
    connection.exec_driver_sql(f"CREATE INDEX _judge ON {address} ({listed})")
    rows = connection.exec_driver_sql("PRAGMA index_xinfo(_judge)").all()
    connection.exec_driver_sql("ROLLBACK TO judge")
    connection.exec_driver_sql("RELEASE judge")
    return {(row[2], row[4]) for row in rows if row[5]}
