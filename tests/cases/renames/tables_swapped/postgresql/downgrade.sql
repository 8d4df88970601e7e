ALTER INDEX "ix_posts_age" RENAME TO "ix_users_age";
ALTER TABLE "posts" RENAME TO "users_1";
DO $names$
DECLARE
  step record;
BEGIN
  FOR step IN
    SELECT 'ALTER TABLE ' || CAST(named.conrelid AS regclass)
      || ' RENAME CONSTRAINT ' || quote_ident(named.conname)
      || ' TO ' || quote_ident('users_1_' || named.rest) AS statement
    FROM (
      SELECT *, substr(conname, length('posts_') + 1) AS rest
      FROM pg_constraint
      WHERE conrelid = CAST('"users_1"' AS regclass)
        AND coninhcount = 0
        AND starts_with(conname, 'posts_')
    ) AS named
    WHERE named.rest ~ CASE named.contype
        WHEN 'p' THEN '^pkey\d*$'
        WHEN 'u' THEN '^\w+_key\d*$'
        WHEN 'f' THEN '^\w+_fkey\d*$'
        WHEN 'c' THEN '^(\w+_)?check\d*$'
        WHEN 'x' THEN '^(\w+_)?excl\d*$'
        ELSE '^\w+_not_null\d*$'
      END
      AND octet_length('users_1_' || named.rest) < 64
      AND NOT EXISTS (
        SELECT FROM pg_constraint AS other
        WHERE other.conrelid = named.conrelid AND other.conname = 'users_1_' || named.rest
      )
      AND NOT (named.conindid <> 0 AND named.contype <> 'f' AND EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.connamespace
          AND other.relname = 'users_1_' || named.rest
      ))
    UNION ALL
    SELECT 'ALTER SEQUENCE ' || CAST(named.oid AS regclass)
      || ' RENAME TO ' || quote_ident('users_1_' || owner.attname || '_seq')
    FROM pg_depend AS owned
    JOIN pg_class AS named ON named.oid = owned.objid AND named.relkind = 'S'
    JOIN pg_attribute AS owner
      ON owner.attrelid = owned.refobjid AND owner.attnum = owned.refobjsubid
    WHERE owned.classid = CAST('pg_class' AS regclass)
      AND owned.deptype IN ('a', 'i')
      AND owned.refobjid = CAST('"users_1"' AS regclass)
      AND named.relname = 'posts_' || owner.attname || '_seq'
      AND octet_length('users_1_' || owner.attname || '_seq') < 64
      AND NOT EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.relnamespace
          AND other.relname = 'users_1_' || owner.attname || '_seq'
      )
  LOOP
    EXECUTE step.statement;
  END LOOP;
END
$names$;
ALTER TABLE "users" RENAME TO "posts";
DO $names$
DECLARE
  step record;
BEGIN
  FOR step IN
    SELECT 'ALTER TABLE ' || CAST(named.conrelid AS regclass)
      || ' RENAME CONSTRAINT ' || quote_ident(named.conname)
      || ' TO ' || quote_ident('posts_' || named.rest) AS statement
    FROM (
      SELECT *, substr(conname, length('users_') + 1) AS rest
      FROM pg_constraint
      WHERE conrelid = CAST('"posts"' AS regclass)
        AND coninhcount = 0
        AND starts_with(conname, 'users_')
    ) AS named
    WHERE named.rest ~ CASE named.contype
        WHEN 'p' THEN '^pkey\d*$'
        WHEN 'u' THEN '^\w+_key\d*$'
        WHEN 'f' THEN '^\w+_fkey\d*$'
        WHEN 'c' THEN '^(\w+_)?check\d*$'
        WHEN 'x' THEN '^(\w+_)?excl\d*$'
        ELSE '^\w+_not_null\d*$'
      END
      AND octet_length('posts_' || named.rest) < 64
      AND NOT EXISTS (
        SELECT FROM pg_constraint AS other
        WHERE other.conrelid = named.conrelid AND other.conname = 'posts_' || named.rest
      )
      AND NOT (named.conindid <> 0 AND named.contype <> 'f' AND EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.connamespace
          AND other.relname = 'posts_' || named.rest
      ))
    UNION ALL
    SELECT 'ALTER SEQUENCE ' || CAST(named.oid AS regclass)
      || ' RENAME TO ' || quote_ident('posts_' || owner.attname || '_seq')
    FROM pg_depend AS owned
    JOIN pg_class AS named ON named.oid = owned.objid AND named.relkind = 'S'
    JOIN pg_attribute AS owner
      ON owner.attrelid = owned.refobjid AND owner.attnum = owned.refobjsubid
    WHERE owned.classid = CAST('pg_class' AS regclass)
      AND owned.deptype IN ('a', 'i')
      AND owned.refobjid = CAST('"posts"' AS regclass)
      AND named.relname = 'users_' || owner.attname || '_seq'
      AND octet_length('posts_' || owner.attname || '_seq') < 64
      AND NOT EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.relnamespace
          AND other.relname = 'posts_' || owner.attname || '_seq'
      )
  LOOP
    EXECUTE step.statement;
  END LOOP;
END
$names$;
ALTER TABLE "users_1" RENAME TO "users";
DO $names$
DECLARE
  step record;
BEGIN
  FOR step IN
    SELECT 'ALTER TABLE ' || CAST(named.conrelid AS regclass)
      || ' RENAME CONSTRAINT ' || quote_ident(named.conname)
      || ' TO ' || quote_ident('users_' || named.rest) AS statement
    FROM (
      SELECT *, substr(conname, length('users_1_') + 1) AS rest
      FROM pg_constraint
      WHERE conrelid = CAST('"users"' AS regclass)
        AND coninhcount = 0
        AND starts_with(conname, 'users_1_')
    ) AS named
    WHERE named.rest ~ CASE named.contype
        WHEN 'p' THEN '^pkey\d*$'
        WHEN 'u' THEN '^\w+_key\d*$'
        WHEN 'f' THEN '^\w+_fkey\d*$'
        WHEN 'c' THEN '^(\w+_)?check\d*$'
        WHEN 'x' THEN '^(\w+_)?excl\d*$'
        ELSE '^\w+_not_null\d*$'
      END
      AND octet_length('users_' || named.rest) < 64
      AND NOT EXISTS (
        SELECT FROM pg_constraint AS other
        WHERE other.conrelid = named.conrelid AND other.conname = 'users_' || named.rest
      )
      AND NOT (named.conindid <> 0 AND named.contype <> 'f' AND EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.connamespace
          AND other.relname = 'users_' || named.rest
      ))
    UNION ALL
    SELECT 'ALTER SEQUENCE ' || CAST(named.oid AS regclass)
      || ' RENAME TO ' || quote_ident('users_' || owner.attname || '_seq')
    FROM pg_depend AS owned
    JOIN pg_class AS named ON named.oid = owned.objid AND named.relkind = 'S'
    JOIN pg_attribute AS owner
      ON owner.attrelid = owned.refobjid AND owner.attnum = owned.refobjsubid
    WHERE owned.classid = CAST('pg_class' AS regclass)
      AND owned.deptype IN ('a', 'i')
      AND owned.refobjid = CAST('"users"' AS regclass)
      AND named.relname = 'users_1_' || owner.attname || '_seq'
      AND octet_length('users_' || owner.attname || '_seq') < 64
      AND NOT EXISTS (
        SELECT FROM pg_class AS other
        WHERE other.relnamespace = named.relnamespace
          AND other.relname = 'users_' || owner.attname || '_seq'
      )
  LOOP
    EXECUTE step.statement;
  END LOOP;
END
$names$;
