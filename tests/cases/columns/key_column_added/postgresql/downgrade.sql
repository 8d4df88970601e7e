ALTER TABLE "items" DROP CONSTRAINT "items_pkey";
ALTER TABLE "items" DROP COLUMN "part";
CREATE SEQUENCE "items_id_seq" AS integer OWNED BY "items"."id";
ALTER TABLE "items" ALTER COLUMN "id" SET DEFAULT nextval('"items_id_seq"');
SELECT setval(pg_get_serial_sequence('"items"', 'id'), max("id")) FROM "items" HAVING max("id") IS NOT NULL;
ALTER TABLE "items" ADD CONSTRAINT "items_pkey" PRIMARY KEY ("id");
