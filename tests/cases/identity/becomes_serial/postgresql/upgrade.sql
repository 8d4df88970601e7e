ALTER TABLE "notes" ALTER COLUMN "id" DROP IDENTITY;
CREATE SEQUENCE "notes_id_seq" AS integer OWNED BY "notes"."id";
ALTER TABLE "notes" ALTER COLUMN "id" SET DEFAULT nextval('"notes_id_seq"');
SELECT setval(pg_get_serial_sequence('"notes"', 'id'), max("id")) FROM "notes" HAVING max("id") IS NOT NULL;
