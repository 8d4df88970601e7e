ALTER TABLE "moderation"."bans" RENAME TO "suspensions";
DO $names$
DECLARE
  step record;
BEGIN
  FOR step IN
    SELECT 'ALTER TABLE ' || CAST(named.conrelid AS regclass)
      || ' RENAME CONSTRAINT ' || quote_ident(named.conname)
      || ' TO ' || quote_ident('suspensions_' || named.rest) AS statement
    FROM (
      SELECT *, substr(conname, length('bans_') + 1) AS rest
      FROM pg_constraint
      WHERE conrelid = CAST('"moderation"."suspensions"' AS regclass)
        AND coninhcount = 0
        AND starts_with(conname, 'bans_')
    ) AS named
    WHERE named.rest ~ CASE named.contype
        WHEN 'p' THEN '^pkey\d*$'
        WHEN 'u' THEN '^\w+_key\d*$'
        WHEN 'f' THEN '^\w+_fkey\d*$'
        WHEN 'c' THEN '^(\w+_)?check\d*$'
        WHEN 'x' THEN '^(\w+_)?excl\d*$'
        ELSE '^\w+_not_null\d*$'
      END
      AND octet_length('suspensions_' || named.rest) < 64
      AND NOT EXISTS (
        SELECT FROM pg_constraint AS other
        WHERE other.conrelid = named.conrelid AND other.conname = 'suspensions_' || named.rest
      )
      AND NOT (named.conindid <> 0 AND named.contype <> 'f' AND EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.connamespace
          AND other.relname = 'suspensions_' || named.rest
      ))
    UNION ALL
    SELECT 'ALTER SEQUENCE ' || CAST(named.oid AS regclass)
      || ' RENAME TO ' || quote_ident('suspensions_' || owner.attname || '_seq')
    FROM pg_depend AS owned
    JOIN pg_class AS named ON named.oid = owned.objid AND named.relkind = 'S'
    JOIN pg_attribute AS owner
      ON owner.attrelid = owned.refobjid AND owner.attnum = owned.refobjsubid
    WHERE owned.classid = CAST('pg_class' AS regclass)
      AND owned.deptype IN ('a', 'i')
      AND owned.refobjid = CAST('"moderation"."suspensions"' AS regclass)
      AND named.relname = 'bans_' || owner.attname || '_seq'
      AND octet_length('suspensions_' || owner.attname || '_seq') < 64
      AND NOT EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.relnamespace
          AND other.relname = 'suspensions_' || owner.attname || '_seq'
      )
  LOOP
    EXECUTE step.statement;
  END LOOP;
END
$names$;
