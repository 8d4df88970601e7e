ALTER TABLE "members" DROP CONSTRAINT "members_pkey";
ALTER TABLE "members" DROP CONSTRAINT "uq_tenant";
DO $do$ BEGIN EXECUTE 'ALTER TABLE "members" ALTER COLUMN "id" DROP DEFAULT'; EXECUTE 'DROP SEQUENCE ' || pg_get_serial_sequence('"members"', 'id'); END $do$;
CREATE SEQUENCE "members_tenant_seq" AS integer OWNED BY "members"."tenant";
ALTER TABLE "members" ALTER COLUMN "tenant" SET DEFAULT nextval('"members_tenant_seq"');
SELECT setval(pg_get_serial_sequence('"members"', 'tenant'), max("tenant")) FROM "members" HAVING max("tenant") IS NOT NULL;
ALTER TABLE "members" ADD PRIMARY KEY ("tenant");
