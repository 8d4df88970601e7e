"""The catalogue queries for views, functions, triggers and extensions.

One query tells whether there are any, so that a database without them costs no more than that.
Every name is qualified, as in `queries`.
"""

from __future__ import annotations

from flaskmig.dialects.postgresql.queries import NOT_OF_AN_EXTENSION

_IN_SCHEMAS = "n.nspname = ANY (CAST(:schemas AS pg_catalog.text[]))"
_BY_NAME = """(n.nspname, {name}) IN (
       SELECT * FROM ROWS FROM (
           pg_catalog.unnest(CAST(:schemas AS pg_catalog.name[])),
           pg_catalog.unnest(CAST(:names AS pg_catalog.name[]))))"""

_VIEWS_THERE = """
SELECT 'view' AS kind, c.oid
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND {where_class}
""" + NOT_OF_AN_EXTENSION.format(catalog="pg_catalog.pg_class", oid="c.oid")

# A trigger of a partition is its own table's business where it is no copy of the parent's, and
# partitions are no tables of the schema.
_TRIGGERS_THERE = (
    """
UNION ALL
SELECT 'trigger', t.oid
  FROM pg_catalog.pg_trigger t
  JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND NOT c.relispartition
   AND c.relkind IN ('r', 'p', 'v')
   AND c.relpersistence <> 't' AND {where_class}
"""
    + NOT_OF_AN_EXTENSION.format(catalog="pg_catalog.pg_trigger", oid="t.oid")
    + NOT_OF_AN_EXTENSION.format(catalog="pg_catalog.pg_class", oid="c.oid")
)

# Functions in C are made by people who build extensions, aggregates have a text of another kind.
_FUNCTIONS_THERE = """
UNION ALL
SELECT 'function', p.oid
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
 WHERE p.prokind IN ('f', 'p') AND l.lanname NOT IN ('c', 'internal') AND {where_proc}
""" + NOT_OF_AN_EXTENSION.format(catalog="pg_catalog.pg_proc", oid="p.oid")

# Every database is made with plpgsql.
_EXTENSIONS_THERE = """
UNION ALL
SELECT 'extension', e.oid FROM pg_catalog.pg_extension e WHERE e.extname <> 'plpgsql'
"""

THERE = (
    _VIEWS_THERE.format(where_class=_IN_SCHEMAS)
    + _TRIGGERS_THERE.format(where_class=_IN_SCHEMAS)
    + _FUNCTIONS_THERE.format(where_proc=_IN_SCHEMAS)
    + _EXTENSIONS_THERE
)

THERE_BY_NAME = (
    _VIEWS_THERE.format(where_class=_BY_NAME.format(name="c.relname"))
    + _TRIGGERS_THERE.format(where_class=_BY_NAME.format(name="c.relname"))
    + _FUNCTIONS_THERE.format(where_proc=_BY_NAME.format(name="p.proname"))
)

VIEWS = """
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind = 'm' AS materialized,
       c.reloptions AS storage, ts.spcname AS tablespace,
       pg_catalog.pg_get_viewdef(c.oid) AS definition, d.description AS comment,
       ARRAY(SELECT a.attname FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0
              ORDER BY a.attnum)::pg_catalog.text[] AS columns,
       ARRAY(SELECT pg_catalog.format_type(a.atttypid, a.atttypmod)
               FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0
              ORDER BY a.attnum)::pg_catalog.text[] AS types
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
  LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = c.oid AND d.objsubid = 0
   AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
 WHERE c.oid = ANY (CAST(:oids AS pg_catalog.oid[]))
"""

# What the rules of a view read, its query among them. A partition stands for its whole table:
# there its columns are changed.
USES = """
SELECT DISTINCT r.ev_class AS relation, n.nspname AS schema, c.relname AS name,
       COALESCE(a.attname, '') AS column
  FROM pg_catalog.pg_rewrite r
  JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> r.ev_class
  JOIN pg_catalog.pg_class c
    ON c.oid = COALESCE(pg_catalog.pg_partition_root(d.refobjid), d.refobjid)
   AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_attribute a
    ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid <> 0
 WHERE r.ev_class = ANY (CAST(:oids AS pg_catalog.oid[]))
 ORDER BY 1, 2, 3, 4
"""

FUNCTIONS = """
SELECT p.oid, n.nspname AS schema, p.proname AS name, p.prokind AS kind,
       pg_catalog.pg_get_function_identity_arguments(p.oid) AS identity,
       pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
       COALESCE(pg_catalog.pg_get_function_result(p.oid), '') AS result,
       pg_catalog.pg_get_functiondef(p.oid) AS definition,
       d.description AS comment
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = p.oid AND d.objsubid = 0
   AND d.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass
 WHERE p.oid = ANY (CAST(:oids AS pg_catalog.oid[]))
 ORDER BY pg_catalog.array_position(CAST(:oids AS pg_catalog.oid[]), p.oid)
"""

TRIGGERS = """
SELECT t.oid, t.tgname AS name, n.nspname AS schema, c.relname AS table,
       pg_catalog.pg_get_triggerdef(t.oid, true) AS definition, d.description AS comment
  FROM pg_catalog.pg_trigger t
  JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = t.oid AND d.objsubid = 0
   AND d.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
 WHERE t.oid = ANY (CAST(:oids AS pg_catalog.oid[]))
"""

EXTENSIONS = """
SELECT e.extname AS name, n.nspname AS schema, e.extversion AS version
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
 WHERE e.oid = ANY (CAST(:oids AS pg_catalog.oid[]))
"""
