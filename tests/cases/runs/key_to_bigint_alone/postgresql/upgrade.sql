ALTER TABLE "owners" ALTER COLUMN "id" TYPE bigint;
DO $do$ BEGIN EXECUTE 'ALTER SEQUENCE ' || pg_get_serial_sequence('"owners"', 'id') || ' AS bigint'; END $do$;
