"""What a database holds after a form: its schema as its own catalogue tells it, and its rows."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tests.live.catalogue import OWN_TABLES, sqlite_shape

# Everything that the forms can make, as text, by PostgreSQL's own functions.
_POSTGRESQL = r"""
WITH ns AS (SELECT oid, nspname FROM pg_namespace
            WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
rel AS (SELECT c.*, ns.nspname || '.' || c.relname AS full_name FROM pg_class c
        JOIN ns ON ns.oid = c.relnamespace
        WHERE c.relname NOT IN ('alembic_version', 'flaskmig_journal')
          AND NOT EXISTS (SELECT FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
              WHERE i.indexrelid = c.oid AND t.relname IN ('alembic_version', 'flaskmig_journal')))
SELECT concat_ws(' ', 'relation', full_name, relkind, relpersistence, reloptions::text,
    reltablespace::text, relreplident, pg_get_partkeydef(oid)) FROM rel
UNION ALL SELECT concat_ws(' ', 'column', rel.full_name, a.attname,
    format_type(a.atttypid, a.atttypmod), a.attnotnull::text, a.attidentity::text,
    a.attgenerated::text, pg_get_expr(d.adbin, d.adrelid), a.attcollation::text)
  FROM pg_attribute a JOIN rel ON rel.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped AND relkind IN ('r', 'p')
UNION ALL SELECT concat_ws(' ', 'constraint', rel.full_name, c.conname, c.contype::text,
    c.convalidated::text, pg_get_constraintdef(c.oid))
  FROM pg_constraint c JOIN rel ON rel.oid = c.conrelid WHERE c.contype <> 'n'
UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid::text)
  FROM pg_index i JOIN rel ON rel.oid = i.indexrelid
UNION ALL SELECT concat_ws(' ', 'enum', ns.nspname, t.typname, e.enumlabel, e.enumsortorder::text)
  FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN ns ON ns.oid = t.typnamespace
UNION ALL SELECT concat_ws(' ', 'sequence', rel.full_name, s.seqtypid::regtype::text,
    s.seqstart::text, s.seqincrement::text, s.seqmax::text, s.seqcycle::text,
    (SELECT r.relname || '.' || d.refobjsubid FROM pg_depend d JOIN pg_class r ON r.oid = d.refobjid
      WHERE d.objid = rel.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')))
  FROM pg_sequence s JOIN rel ON rel.oid = s.seqrelid
UNION ALL SELECT concat_ws(' ', 'comment', rel.full_name, d.objsubid::text, d.description)
  FROM pg_description d JOIN rel ON rel.oid = d.objoid AND d.classoid = 'pg_class'::regclass
UNION ALL SELECT 'schema ' || nspname FROM ns
ORDER BY 1
"""


def state(engine: Engine) -> dict[str, object]:
    """The schema and the rows of every table, but for what flaskmig keeps for itself."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            shape: object = list(connection.exec_driver_sql(_POSTGRESQL).scalars())
        else:
            shape = {name: _alike(table) for name, table in sqlite_shape(connection).items()}
        return {"schema": shape, "rows": _rows(connection)}


def _alike(table: object) -> object:
    """The shape of a table; a constraint may stand in its column's definition or after them."""
    if not isinstance(table, dict):
        return table
    said = [each.split(" CONSTRAINT ", 1)[-1] for each in table["said"]]
    return {**table, "said": sorted(said)}


def _rows(connection: Connection) -> dict[str, list[str]]:
    inspector = sa.inspect(connection)
    found = {}
    for schema in (None, "s1"):
        if schema is not None and not inspector.has_schema(schema):
            continue
        for name in sorted(set(inspector.get_table_names(schema)) - OWN_TABLES):
            table = f'"{schema}"."{name}"' if schema else f'"{name}"'
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()
            found[f"{schema or ''}.{name}"] = sorted(repr(sorted(row.items())) for row in rows)
    return found


def emptied(engine: Engine) -> None:
    """Take everything out of a PostgreSQL database, and end the sessions with what is theirs."""
    engine.dispose()
    with engine.begin() as connection:
        for schema in ("public", "s1"):
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
