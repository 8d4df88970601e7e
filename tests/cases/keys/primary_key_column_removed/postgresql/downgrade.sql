ALTER TABLE "members" DROP CONSTRAINT "members_pkey";
DO $do$ BEGIN EXECUTE 'ALTER TABLE "members" ALTER COLUMN "id" DROP DEFAULT'; EXECUTE 'DROP SEQUENCE ' || pg_get_serial_sequence('"members"', 'id'); END $do$;
ALTER TABLE "members" ADD CONSTRAINT "members_pkey" PRIMARY KEY ("id", "tenant");
