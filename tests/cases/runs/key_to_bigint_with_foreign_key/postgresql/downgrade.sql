ALTER TABLE "pets" ALTER COLUMN "owner_id" TYPE integer;
ALTER TABLE "owners" ALTER COLUMN "id" TYPE integer;
DO $do$ BEGIN EXECUTE 'ALTER SEQUENCE ' || pg_get_serial_sequence('"owners"', 'id') || ' AS integer'; END $do$;
