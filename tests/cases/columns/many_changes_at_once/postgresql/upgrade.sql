ALTER TABLE "items" DROP COLUMN "gone";
SELECT 1 FROM "items" WHERE "name" IS NULL LIMIT 1;
ALTER TABLE "items"
    ALTER COLUMN "count" DROP DEFAULT,
    ALTER COLUMN "count" TYPE bigint,
    ALTER COLUMN "kind" TYPE text,
    ALTER COLUMN "kind" DROP NOT NULL,
    ALTER COLUMN "name" TYPE character varying(120),
    ALTER COLUMN "name" SET NOT NULL,
    ADD COLUMN "at" date;
ALTER TABLE "items" ADD UNIQUE ("at");
