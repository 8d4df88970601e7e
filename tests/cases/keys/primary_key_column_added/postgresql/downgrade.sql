ALTER TABLE "members" DROP CONSTRAINT "members_pkey";
CREATE SEQUENCE "members_id_seq" AS integer OWNED BY "members"."id";
ALTER TABLE "members" ALTER COLUMN "id" SET DEFAULT nextval('"members_id_seq"');
SELECT setval(pg_get_serial_sequence('"members"', 'id'), max("id")) FROM "members" HAVING max("id") IS NOT NULL;
ALTER TABLE "members" ADD CONSTRAINT "members_pkey" PRIMARY KEY ("id");
