ALTER TABLE "posts" ALTER COLUMN "user_id" TYPE bigint;
ALTER TABLE "users" ALTER COLUMN "id" TYPE bigint;
DO $do$ BEGIN EXECUTE 'ALTER SEQUENCE ' || pg_get_serial_sequence('"users"', 'id') || ' AS bigint'; END $do$;
