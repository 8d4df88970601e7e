ALTER TABLE "things" DROP COLUMN "kind";
ALTER TABLE "things" RENAME TO "items";
DO $names$
DECLARE
  step record;
BEGIN
  FOR step IN
    SELECT 'ALTER TABLE ' || CAST(named.conrelid AS regclass)
      || ' RENAME CONSTRAINT ' || quote_ident(named.conname)
      || ' TO ' || quote_ident('items_' || named.rest) AS statement
    FROM (
      SELECT *, substr(conname, length('things_') + 1) AS rest
      FROM pg_constraint
      WHERE conrelid = CAST('"items"' AS regclass)
        AND coninhcount = 0
        AND starts_with(conname, 'things_')
    ) AS named
    WHERE named.rest ~ CASE named.contype
        WHEN 'p' THEN '^pkey\d*$'
        WHEN 'u' THEN '^\w+_key\d*$'
        WHEN 'f' THEN '^\w+_fkey\d*$'
        WHEN 'c' THEN '^(\w+_)?check\d*$'
        WHEN 'x' THEN '^(\w+_)?excl\d*$'
        ELSE '^\w+_not_null\d*$'
      END
      AND octet_length('items_' || named.rest) < 64
      AND NOT EXISTS (
        SELECT FROM pg_constraint AS other
        WHERE other.conrelid = named.conrelid AND other.conname = 'items_' || named.rest
      )
      AND NOT (named.conindid <> 0 AND named.contype <> 'f' AND EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.connamespace
          AND other.relname = 'items_' || named.rest
      ))
    UNION ALL
    SELECT 'ALTER SEQUENCE ' || CAST(named.oid AS regclass)
      || ' RENAME TO ' || quote_ident('items_' || owner.attname || '_seq')
    FROM pg_depend AS owned
    JOIN pg_class AS named ON named.oid = owned.objid AND named.relkind = 'S'
    JOIN pg_attribute AS owner
      ON owner.attrelid = owned.refobjid AND owner.attnum = owned.refobjsubid
    WHERE owned.classid = CAST('pg_class' AS regclass)
      AND owned.deptype IN ('a', 'i')
      AND owned.refobjid = CAST('"items"' AS regclass)
      AND named.relname = 'things_' || owner.attname || '_seq'
      AND octet_length('items_' || owner.attname || '_seq') < 64
      AND NOT EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.relnamespace
          AND other.relname = 'items_' || owner.attname || '_seq'
      )
  LOOP
    EXECUTE step.statement;
  END LOOP;
END
$names$;
