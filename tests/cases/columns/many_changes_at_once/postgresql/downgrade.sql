ALTER TABLE "items" DROP CONSTRAINT "items_at_key";
ALTER TABLE "items" DROP COLUMN "at";
SELECT 1 FROM "items" WHERE "kind" IS NULL LIMIT 1;
ALTER TABLE "items"
    ALTER COLUMN "name" TYPE character varying(80),
    ALTER COLUMN "name" DROP NOT NULL,
    ALTER COLUMN "kind" TYPE character varying(5),
    ALTER COLUMN "kind" SET NOT NULL,
    ALTER COLUMN "count" TYPE integer,
    ALTER COLUMN "count" SET DEFAULT 1,
    ADD COLUMN "gone" integer;
