"""The catalogue queries of outlines: one row a table, its parts joined to texts by the server.

A driver takes longer to hand over a row than the server to find it. What a text is made of is
divided by SEPARATOR; how many parts there must be is asked as well, so that a name with that
character in it is noticed. The parts of a table are looked up by the table in an index of the
catalogue, and LATERAL, OFFSET 0 and queries in queries leave the planner no other way: a server
that has not counted yet how large its catalogue is may choose one that is quadratic.
"""

from __future__ import annotations

from flaskmig.dialects.postgresql.queries import NEXT_VALUE

SEPARATOR = "\x1f"
_SEPARATOR = r"E'\x1f'"

# Defaults that are stored alike are spelled alike, for they name no columns; so one of them is
# spelled for all. Those that name a sequence are left out: such a name is a constant of the type
# regclass, which has the number 2205.
_TABLES = r"""
WITH t AS MATERIALIZED (
    SELECT c.oid, n.nspname, c.relname,
           c.relkind <> 'r' OR c.relpersistence <> 'p' OR c.reloptions IS NOT NULL
           OR c.reltablespace <> 0 AS odd
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
       AND n.nspname = ANY (CAST(:schemas AS pg_catalog.text[]))
       AND c.oid NOT IN (
           SELECT d.objid FROM pg_catalog.pg_depend d
            WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
              AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'e'))
SELECT 't' AS kind, t.oid::pg_catalog.text, t.nspname::pg_catalog.text AS a,
       t.relname::pg_catalog.text AS b,
       (t.odd OR COALESCE(a.odd, false) OR COALESCE(o.odd, false) OR COALESCE(i.odd, false))
           ::pg_catalog.text AS c,
       a.amount AS columns, a.found AS column_parts, a.numbers,
       o.amount AS constraints, o.found AS constraint_parts,
       i.amount AS indexes, i.found AS index_parts,
       e.amount AS comments, e.found AS comment_parts
  FROM t
 CROSS JOIN LATERAL (
       SELECT pg_catalog.count(*) AS amount,
              pg_catalog.bool_or(a.attidentity <> '' OR a.attgenerated <> '') AS odd,
              CASE WHEN pg_catalog.count(*) < pg_catalog.max(a.attnum)
                   THEN pg_catalog.string_agg(a.attnum::pg_catalog.text, ' ' ORDER BY a.attnum)
              END AS numbers,
              pg_catalog.string_agg(
                  pg_catalog.concat(a.attname, {separator}, a.atttypid, ' ', a.atttypmod, ' ',
                                    a.attcollation, ' ', a.attnotnull, a.atthasdef),
                  {separator} ORDER BY a.attnum) AS found
         FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) a
 CROSS JOIN LATERAL (
       SELECT pg_catalog.count(*) AS amount,
              pg_catalog.bool_or(
                  o.contype = 'x' OR NOT o.convalidated
                  OR o.contype = 'c' AND (o.connoinherit OR NOT o.conislocal)
                  OR o.contype IN ('p', 'u') AND o.condeferrable {odd_constraint}) AS odd,
              pg_catalog.string_agg(
                  pg_catalog.concat(
                      o.contype, o.condeferrable, o.condeferred, o.confupdtype, o.confdeltype,
                      o.confmatchtype, {separator}, o.conname, {separator},
                      pg_catalog.array_to_string(o.conkey, ' '), {separator}, o.conindid,
                      {separator},
                      CASE o.contype
                           WHEN 'c' THEN pg_catalog.pg_get_expr(o.conbin, o.conrelid)
                           WHEN 'f' THEN pg_catalog.concat(
                               o.confrelid, ' ', pg_catalog.array_to_string(o.confkey, ' '))
                      END),
                  {separator}) AS found
         FROM pg_catalog.pg_constraint o
        WHERE o.conrelid = t.oid AND o.contype IN ('p', 'u', 'f', 'c', 'x')
          AND o.conparentid = 0) o
 CROSS JOIN LATERAL (
       SELECT pg_catalog.count(*) AS amount,
              pg_catalog.bool_or(
                  NOT i.indisvalid OR i.indpred IS NOT NULL OR i.indexprs IS NOT NULL
                  OR i.indnkeyatts <> i.indnatts OR c.reloptions IS NOT NULL
                  OR c.reltablespace <> 0 {odd_index}
                  OR c.relam <> (SELECT m.oid FROM pg_catalog.pg_am m WHERE m.amname = 'btree')
              ) AS odd,
              pg_catalog.string_agg(
                  pg_catalog.concat(
                      c.relname, {separator}, i.indexrelid, {separator}, i.indisunique, i.indkey,
                      {separator}, i.indclass, ' ', i.indoption, {separator},
                      i.indcollation),
                  {separator}) AS found
         FROM pg_catalog.pg_index i
         JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = t.oid) i
 CROSS JOIN LATERAL (
       SELECT pg_catalog.count(*) AS amount,
              pg_catalog.string_agg(
                  pg_catalog.concat(e.objsubid, {separator}, e.description), {separator}) AS found
         FROM pg_catalog.pg_description e
        WHERE e.objoid = t.oid AND e.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass) e
 UNION ALL
SELECT 'd', g.places,
       (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid)
          FROM pg_catalog.pg_attrdef d WHERE d.oid = g.any_of_them),
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM (SELECT pg_catalog.min(d.oid) AS any_of_them,
               pg_catalog.string_agg(
                   pg_catalog.concat(t.oid, ' ', d.adnum), {separator}) AS places
          FROM t
         CROSS JOIN LATERAL (
               SELECT d.oid, d.adnum, d.adbin::pg_catalog.text AS stored
                 FROM pg_catalog.pg_attrdef d WHERE d.adrelid = t.oid OFFSET 0) d
         WHERE pg_catalog.strpos(d.stored, '\:consttype 2205 ') = 0
         GROUP BY d.stored) g
 UNION ALL
SELECT 's', pg_catalog.concat(o.relation, ' ', o.number), o.is_used::pg_catalog.text,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM pg_catalog.pg_class s
 CROSS JOIN LATERAL (
       SELECT d.refobjid AS relation, d.refobjsubid AS number,
              EXISTS (SELECT 1 FROM pg_catalog.pg_depend u
                       WHERE u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                         AND u.objid = (SELECT f.oid FROM pg_catalog.pg_attrdef f
                                         WHERE f.adrelid = d.refobjid
                                           AND f.adnum = d.refobjsubid)
                         AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                         AND u.refobjid = s.oid)
              AND (SELECT pg_catalog.pg_get_expr(f.adbin, f.adrelid) ~ {next_value}
                     FROM pg_catalog.pg_attrdef f
                    WHERE f.adrelid = d.refobjid AND f.adnum = d.refobjsubid) AS is_used
         FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.oid
          AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') OFFSET 0) o
 WHERE s.relkind = 'S'
 UNION ALL
-- The classes of operators that an index takes by itself and that have no parameters, the
-- function for which is number 5.
SELECT 'o', c.oid::pg_catalog.text,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM pg_catalog.pg_opclass c
 WHERE c.opcdefault AND NOT EXISTS (
       SELECT 1 FROM pg_catalog.pg_amproc p
        WHERE p.amprocfamily = c.opcfamily AND p.amprocnum = 5)
"""

TYPES = """
SELECT pg_catalog.format_type(t.oid, k.modifier) AS type,
       CASE WHEN k.collated <> t.typcollation THEN co.collname END AS collation,
       en.nspname AS enum_schema, et.typname AS enum_name,
       t.typelem <> 0 AND t.typcategory = 'A' AS is_array
  FROM ROWS FROM (
       pg_catalog.unnest(CAST(:types AS pg_catalog.oid[])),
       pg_catalog.unnest(CAST(:modifiers AS pg_catalog.int4[])),
       pg_catalog.unnest(CAST(:collations AS pg_catalog.oid[])))
       WITH ORDINALITY k (type, modifier, collated, place)
  JOIN pg_catalog.pg_type t ON t.oid = k.type
  LEFT JOIN pg_catalog.pg_type et
    ON et.oid = CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END AND et.typtype = 'e'
  LEFT JOIN pg_catalog.pg_namespace en ON en.oid = et.typnamespace
  LEFT JOIN pg_catalog.pg_collation co ON co.oid = k.collated
 ORDER BY k.place
"""

_FIRST_WITH_NULLS_NOT_DISTINCT = 150000
_FIRST_WITH_TEMPORAL_KEYS = 180000


def tables(version: int) -> str:
    """The query for all that tables have; ``version`` is ``server_version_num``."""
    odd_constraint = odd_index = ""
    if version >= _FIRST_WITH_NULLS_NOT_DISTINCT:
        odd_constraint = "OR o.confdelsetcols IS NOT NULL"
        odd_index = "OR i.indnullsnotdistinct"
    if version >= _FIRST_WITH_TEMPORAL_KEYS:
        odd_constraint += " OR NOT o.conenforced OR o.conperiod"
    return _TABLES.format(
        separator=_SEPARATOR,
        next_value=NEXT_VALUE,
        odd_constraint=odd_constraint,
        odd_index=odd_index,
    )
