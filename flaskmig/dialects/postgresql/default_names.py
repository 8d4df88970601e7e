"""What PostgreSQL names after a table by itself: keys, checks, NOT NULL and owned sequences."""

from __future__ import annotations

from flaskmig.dialects.postgresql.clauses import literal, qualified
from flaskmig.schema import QualifiedName

# The names are looked up where this runs: models leave them open, something may have been named
# otherwise, and another may have the new name. NOT NULL has a name since version 18.
_FOLLOWING = r"""
DECLARE
  step record;
BEGIN
  FOR step IN
    SELECT 'ALTER TABLE ' || CAST(named.conrelid AS regclass)
      || ' RENAME CONSTRAINT ' || quote_ident(named.conname)
      || ' TO ' || quote_ident({after} || named.rest) AS statement
    FROM (
      SELECT *, substr(conname, length({before}) + 1) AS rest
      FROM pg_constraint
      WHERE conrelid = CAST({table} AS regclass)
        AND coninhcount = 0
        AND starts_with(conname, {before})
    ) AS named
    WHERE named.rest ~ CASE named.contype
        WHEN 'p' THEN '^pkey\d*$'
        WHEN 'u' THEN '^\w+_key\d*$'
        WHEN 'f' THEN '^\w+_fkey\d*$'
        WHEN 'c' THEN '^(\w+_)?check\d*$'
        WHEN 'x' THEN '^(\w+_)?excl\d*$'
        ELSE '^\w+_not_null\d*$'
      END
      AND octet_length({after} || named.rest) < 64
      AND NOT EXISTS (
        SELECT FROM pg_constraint AS other
        WHERE other.conrelid = named.conrelid AND other.conname = {after} || named.rest
      )
      AND NOT (named.conindid <> 0 AND named.contype <> 'f' AND EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.connamespace
          AND other.relname = {after} || named.rest
      ))
    UNION ALL
    SELECT 'ALTER SEQUENCE ' || CAST(named.oid AS regclass)
      || ' RENAME TO ' || quote_ident({after} || owner.attname || '_seq')
    FROM pg_depend AS owned
    JOIN pg_class AS named ON named.oid = owned.objid AND named.relkind = 'S'
    JOIN pg_attribute AS owner
      ON owner.attrelid = owned.refobjid AND owner.attnum = owned.refobjsubid
    WHERE owned.classid = CAST('pg_class' AS regclass)
      AND owned.deptype IN ('a', 'i')
      AND owned.refobjid = CAST({table} AS regclass)
      AND named.relname = {before} || owner.attname || '_seq'
      AND octet_length({after} || owner.attname || '_seq') < 64
      AND NOT EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.relnamespace
          AND other.relname = {after} || owner.attname || '_seq'
      )
  LOOP
    EXECUTE step.statement;
  END LOOP;
END
"""


def following(before: str, after: QualifiedName) -> str:
    """The statement that renames them, for a table that was called ``before``."""
    body = _FOLLOWING.format(
        before=literal(f"{before}_"),
        after=literal(f"{after.name}_"),
        table=literal(qualified(after)),
    )
    tag = "$names$"
    while tag in body:
        tag = f"${tag.strip('$')}s$"
    return f"DO {tag}{body}{tag}"
