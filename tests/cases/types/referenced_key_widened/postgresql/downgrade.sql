ALTER TABLE "users" ALTER COLUMN "id" TYPE integer;
DO $do$ BEGIN EXECUTE 'ALTER SEQUENCE ' || pg_get_serial_sequence('"users"', 'id') || ' AS integer'; END $do$;
ALTER TABLE "posts" ALTER COLUMN "user_id" TYPE integer;
