ALTER TABLE "items" DROP CONSTRAINT "items_pkey";
DO $do$ BEGIN EXECUTE 'ALTER TABLE "items" ALTER COLUMN "id" DROP DEFAULT'; EXECUTE 'DROP SEQUENCE ' || pg_get_serial_sequence('"items"', 'id'); END $do$;
ALTER TABLE "items" ADD COLUMN "part" integer DEFAULT '1' NOT NULL;
ALTER TABLE "items" ADD PRIMARY KEY ("id", "part");
