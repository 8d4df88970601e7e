"""The catalogue queries of introspection: one for each kind of object, for any number of tables.

Every name is qualified, so that no search_path and no object of a user's schema changes what
they mean. Binds are SQLAlchemy's ``:name``.
"""

from __future__ import annotations

DEFAULT_SCHEMA = "SELECT pg_catalog.current_schema()"

# The path shows names of the default schema bare, of extensions bare, and all others qualified.
PATH = """
SELECT pg_catalog.current_setting('search_path') AS path,
       pg_catalog.current_setting('standard_conforming_strings') AS strings,
       pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version,
       pg_catalog.current_schema() AS default_schema,
       (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(n.nspname), ', '
                                     ORDER BY n.place, n.nspname)
          FROM (SELECT DISTINCT s.nspname, 2 AS place
                  FROM pg_catalog.pg_extension e
                  JOIN pg_catalog.pg_namespace s ON s.oid = e.extnamespace
                 WHERE s.nspname <> 'pg_catalog'
                   AND s.nspname IS DISTINCT FROM pg_catalog.current_schema()
                UNION ALL
                SELECT pg_catalog.current_schema(), 1
                 WHERE pg_catalog.current_schema() IS NOT NULL) n) AS pinned,
       ARRAY(SELECT n.nspname::pg_catalog.text FROM pg_catalog.pg_namespace n
              WHERE n.nspname = ANY (CAST(:schemas AS pg_catalog.text[]))) AS schemas
"""

# How literals are read, and how the server spells them in what it answers.
SET_STRINGS = "SELECT pg_catalog.set_config('standard_conforming_strings', :value, :local)"
SET_PATH = "SELECT pg_catalog.set_config('search_path', :path, :local)"

# Few objects are members of one, and those are found by their extension: no look for each object.
NOT_OF_AN_EXTENSION = """
   AND {oid} NOT IN (SELECT d.objid FROM pg_catalog.pg_depend d
                      WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                        AND d.classid = '{catalog}'::pg_catalog.regclass AND d.deptype = 'e')
"""

_RELATIONS = """
SELECT c.oid, n.nspname AS schema, c.relname AS name,
       c.relpersistence = 'u' AS unlogged,
       c.reloptions AS storage,
       ts.spcname AS tablespace,
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_by,
       d.description AS comment
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
  LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = c.oid AND d.objsubid = 0
   AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
 WHERE c.relkind IN ('r', 'p')
"""

RELATIONS = (
    _RELATIONS
    + "AND NOT c.relispartition AND c.relpersistence <> 't'"
    + NOT_OF_AN_EXTENSION.format(catalog="pg_catalog.pg_class", oid="c.oid")
)

RELATIONS_OF_SCHEMAS = RELATIONS + "AND n.nspname = ANY (CAST(:schemas AS pg_catalog.text[]))"

RELATIONS_BY_NAME = (
    RELATIONS
    + """
   AND (n.nspname, c.relname) IN (
       SELECT * FROM ROWS FROM (
           pg_catalog.unnest(CAST(:schemas AS pg_catalog.name[])),
           pg_catalog.unnest(CAST(:names AS pg_catalog.name[]))))
"""
)

TEMPORARY_RELATIONS = (
    _RELATIONS
    + """
   AND c.relnamespace = pg_catalog.pg_my_temp_schema()
   AND c.relname = ANY (CAST(:names AS pg_catalog.name[]))
"""
)

# A default that is the next value of a sequence and nothing more, as that of a serial is.
NEXT_VALUE = "'^nextval[(]''([^'']|'''')+''::regclass[)]$'"

COLUMNS = f"""
SELECT a.attrelid AS relation, a.attname AS name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       a.attnotnull AS not_null,
       a.attidentity AS identity,
       a.attgenerated AS generated,
       pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) AS expression,
       CASE WHEN a.attcollation <> t.typcollation THEN co.collname END AS collation,
       ds.description AS comment,
       en.nspname AS enum_schema, et.typname AS enum_name,
       t.typelem <> 0 AND t.typcategory = 'A' AS is_array,
       own.deptype AS owned,
       own.sequence IS NOT NULL AND EXISTS (
           SELECT 1 FROM pg_catalog.pg_depend du
            WHERE du.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
              AND du.objid = ad.oid AND du.refobjid = own.sequence
              AND du.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)
           AND pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) ~ {NEXT_VALUE} AS uses_own,
       us.relname AS sequence_name, us.nspname AS sequence_schema,
       s.seqstart AS start, s.seqincrement AS increment, s.seqmin AS minimum,
       s.seqmax AS maximum, s.seqcache AS cache, s.seqcycle AS cycle
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_type et
    ON et.oid = CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END AND et.typtype = 'e'
  LEFT JOIN pg_catalog.pg_namespace en ON en.oid = et.typnamespace
  LEFT JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
  LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
  LEFT JOIN pg_catalog.pg_description ds
    ON ds.objoid = a.attrelid AND ds.objsubid = a.attnum
   AND ds.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
  LEFT JOIN LATERAL (
       SELECT d.objid AS sequence, d.deptype
         FROM pg_catalog.pg_depend d
         JOIN pg_catalog.pg_class sc ON sc.oid = d.objid AND sc.relkind = 'S'
        WHERE (a.atthasdef OR a.attidentity <> '')
          AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
          AND d.deptype IN ('a', 'i')
        ORDER BY d.deptype DESC LIMIT 1) own ON true
  LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = own.sequence
  LEFT JOIN LATERAL (
       SELECT sc.relname, sn.nspname
         FROM pg_catalog.pg_depend d
         JOIN pg_catalog.pg_class sc ON sc.oid = d.refobjid AND sc.relkind = 'S'
         JOIN pg_catalog.pg_namespace sn ON sn.oid = sc.relnamespace
        WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = ad.oid
          AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        LIMIT 1) us ON ad.oid IS NOT NULL
 WHERE a.attrelid = ANY (CAST(:relations AS pg_catalog.oid[]))
   AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum
"""

_NAMES = """CASE WHEN {present} THEN
            ARRAY(SELECT a.attname FROM pg_catalog.unnest({keys}) WITH ORDINALITY k (number, place)
                    JOIN pg_catalog.pg_attribute a
                      ON a.attrelid = {relation} AND a.attnum = k.number
                   ORDER BY k.place)::pg_catalog.text[] ELSE '{{}}'::pg_catalog.text[] END"""

CONSTRAINTS = """
SELECT o.oid, o.conrelid AS relation, o.conname AS name, o.contype AS kind,
       o.condeferrable AS deferrable, o.condeferred AS deferred,
       NOT o.convalidated AS not_valid, o.connoinherit AS no_inherit,
       {columns} AS columns,
       {target_columns} AS target_columns,
       fn.nspname AS target_schema, f.relname AS target_name,
       o.confupdtype AS on_update, o.confdeltype AS on_delete, o.confmatchtype AS match,
       {set_columns} AS set_columns,
       CASE WHEN o.contype = 'c' THEN pg_catalog.pg_get_expr(o.conbin, o.conrelid) END
           AS expression,
       {included} AS included,
       {nulls_not_distinct} AS nulls_not_distinct
  FROM pg_catalog.pg_constraint o
  LEFT JOIN pg_catalog.pg_class f ON f.oid = o.confrelid AND o.contype = 'f'
  LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = o.conindid AND o.contype IN ('p', 'u', 'x')
 WHERE o.conrelid = ANY (CAST(:relations AS pg_catalog.oid[]))
   AND o.contype IN ('c', 'p', 'u', 'f', 'x')
   AND o.conparentid = 0 AND (o.contype <> 'c' OR o.conislocal) {expressible}
 ORDER BY o.conrelid, o.conname
"""

# One row for each part of an index: those that stand alone and those behind EXCLUDE. What CREATE
# INDEX CONCURRENTLY left half made is invalid and does not count; one on a partitioned table may
# be invalid for good, until its partitions have theirs. The catalogue has no index by which the
# constraint of an index is found, so that it is looked for by its table, or all of them are read.
INDEXES = """
SELECT i.indexrelid AS index, i.indrelid AS relation, c.relname AS name,
       i.indisunique AS unique, am.amname AS method, c.reloptions AS storage,
       ts.spcname AS tablespace,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS where,
       {nulls_not_distinct} AS nulls_not_distinct,
       k.place > i.indnkeyatts AS included,
       ta.attname AS column,
       CASE WHEN ta.attname IS NULL
            THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.place::pg_catalog.int4, false)
       END AS expression,
       CASE WHEN k.place <= i.indnkeyatts
            THEN i.indoption[k.place - 1] ELSE 0 END AS option,
       CASE WHEN NOT oc.opcdefault OR ia.attoptions IS NOT NULL THEN
            CASE WHEN pg_catalog.pg_opclass_is_visible(oc.oid) THEN oc.opcname::pg_catalog.text
                 ELSE pg_catalog.quote_ident(ocn.nspname) || '.'
                      || pg_catalog.quote_ident(oc.opcname) END
       END AS opclass,
       ia.attoptions AS opclass_options,
       CASE WHEN k.place <= i.indnkeyatts
             AND i.indcollation[k.place - 1] <> COALESCE(ta.attcollation, it.typcollation)
            THEN co.collname END AS collation,
       o.oid AS constraint,
       CASE WHEN o.oid IS NOT NULL THEN
            CASE WHEN pg_catalog.pg_operator_is_visible(op.oid) THEN op.oprname::pg_catalog.text
                 ELSE 'OPERATOR(' || pg_catalog.quote_ident(opn.nspname) || '.' || op.oprname
                      || ')' END
       END AS operator
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_am am ON am.oid = c.relam
  CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) WITH ORDINALITY k (number, place)
  JOIN pg_catalog.pg_attribute ia ON ia.attrelid = i.indexrelid AND ia.attnum = k.place
  JOIN pg_catalog.pg_type it ON it.oid = ia.atttypid
  LEFT JOIN pg_catalog.pg_attribute ta
    ON ta.attrelid = i.indrelid AND ta.attnum = k.number AND k.number <> 0
  LEFT JOIN pg_catalog.pg_opclass oc
    ON k.place <= i.indnkeyatts AND oc.oid = i.indclass[k.place - 1]
  LEFT JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
  LEFT JOIN pg_catalog.pg_collation co
    ON k.place <= i.indnkeyatts AND co.oid = i.indcollation[k.place - 1]
  LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
  LEFT JOIN pg_catalog.pg_constraint o
    ON o.conrelid = i.indrelid AND o.conindid = i.indexrelid AND o.contype = 'x'
  LEFT JOIN pg_catalog.pg_operator op ON op.oid = o.conexclop[k.place]
  LEFT JOIN pg_catalog.pg_namespace opn ON opn.oid = op.oprnamespace
 WHERE i.indrelid = ANY (CAST(:relations AS pg_catalog.oid[]))
   AND (i.indisvalid OR c.relkind = 'I')
   AND i.indexrelid NOT IN (SELECT b.conindid FROM pg_catalog.pg_constraint b
                             WHERE b.contype IN ('p', 'u'))
 ORDER BY i.indrelid, c.relname, k.place
"""

_ENUMS = """
SELECT n.nspname AS schema, t.typname AS name,
       ARRAY(SELECT e.enumlabel FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid
              ORDER BY e.enumsortorder)::pg_catalog.text[] AS values
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE t.typtype = 'e'
"""

ENUMS_OF_SCHEMAS = (
    _ENUMS
    + "AND n.nspname = ANY (CAST(:schemas AS pg_catalog.text[]))"
    + NOT_OF_AN_EXTENSION.format(catalog="pg_catalog.pg_type", oid="t.oid")
)

ENUMS_BY_NAME = (
    _ENUMS
    + """
   AND (n.nspname, t.typname) IN (
       SELECT * FROM ROWS FROM (
           pg_catalog.unnest(CAST(:schemas AS pg_catalog.name[])),
           pg_catalog.unnest(CAST(:names AS pg_catalog.name[]))))
"""
)

_SEQUENCES = """
SELECT n.nspname AS schema, c.relname AS name,
       pg_catalog.format_type(s.seqtypid, NULL) AS type,
       s.seqstart AS start, s.seqincrement AS increment, s.seqmin AS minimum,
       s.seqmax AS maximum, s.seqcache AS cache, s.seqcycle AS cycle
  FROM pg_catalog.pg_sequence s
  JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relpersistence <> 't'
"""

# Those of serial and identity columns are part of the column. They are counted, because the planner
# would make a join of NOT EXISTS, and one that is quadratic while the catalogue is not analyzed.
SEQUENCES_OF_SCHEMAS = (
    _SEQUENCES
    + """
   AND c.relkind = 'S' AND n.nspname = ANY (CAST(:schemas AS pg_catalog.text[]))
   AND 0 = (
       SELECT pg_catalog.count(*) FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
          AND (d.deptype = 'i' OR d.deptype = 'a'
               AND EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a
                            WHERE a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                              AND a.atttypid IN ('pg_catalog.int2'::pg_catalog.regtype,
                                                 'pg_catalog.int4'::pg_catalog.regtype,
                                                 'pg_catalog.int8'::pg_catalog.regtype))
               AND EXISTS (SELECT 1 FROM pg_catalog.pg_depend u
                            WHERE u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                              AND u.objid = (SELECT f.oid FROM pg_catalog.pg_attrdef f
                                              WHERE f.adrelid = d.refobjid
                                                AND f.adnum = d.refobjsubid)
                              AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                              AND u.refobjid = c.oid)))
"""
    + NOT_OF_AN_EXTENSION.format(catalog="pg_catalog.pg_class", oid="c.oid")
)

SEQUENCES_BY_NAME = (
    _SEQUENCES
    + """
   AND (n.nspname, c.relname) IN (
       SELECT * FROM ROWS FROM (
           pg_catalog.unnest(CAST(:schemas AS pg_catalog.name[])),
           pg_catalog.unnest(CAST(:names AS pg_catalog.name[]))))
"""
)

_FIRST_WITH_NULLS_NOT_DISTINCT = 150000
# NOT ENFORCED, WITHOUT OVERLAPS and PERIOD: no operation makes them, so none drops them.
_FIRST_WITH_TEMPORAL_KEYS = 180000
_EXPRESSIBLE = "AND o.conenforced AND NOT o.conperiod"


def constraints(version: int) -> str:
    """The query for constraints; ``version`` is ``server_version_num``."""
    modern = version >= _FIRST_WITH_NULLS_NOT_DISTINCT
    included = "(i.indkey::pg_catalog.int2[])[i.indnkeyatts : i.indnatts - 1]"
    return CONSTRAINTS.format(
        columns=_names("o.conkey", "o.conrelid"),
        target_columns=_names("o.confkey", "o.confrelid"),
        set_columns=_names("o.confdelsetcols", "o.conrelid")
        if modern
        else "ARRAY[]::pg_catalog.text[]",
        included=_names(included, "o.conrelid", present="i.indnatts > i.indnkeyatts"),
        nulls_not_distinct=_nulls_not_distinct(modern),
        expressible=_EXPRESSIBLE if version >= _FIRST_WITH_TEMPORAL_KEYS else "",
    )


def _names(keys: str, relation: str, *, present: str = "") -> str:
    """The names of columns by their numbers; most constraints have none of some kind."""
    return _NAMES.format(keys=keys, relation=relation, present=present or f"{keys} IS NOT NULL")


def indexes(version: int) -> str:
    """The query for indexes; ``version`` is ``server_version_num``."""
    modern = version >= _FIRST_WITH_NULLS_NOT_DISTINCT
    return INDEXES.format(nulls_not_distinct=_nulls_not_distinct(modern))


def _nulls_not_distinct(modern: bool) -> str:
    return "COALESCE(i.indnullsnotdistinct, false)" if modern else "false"
