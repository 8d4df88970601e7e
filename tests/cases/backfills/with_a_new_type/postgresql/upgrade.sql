ALTER TABLE "items" ALTER COLUMN "size" TYPE character varying(20);
UPDATE "items" SET "size" = 'none' WHERE "size" IS NULL;
SELECT 1 FROM "items" WHERE "size" IS NULL LIMIT 1;
ALTER TABLE "items" ALTER COLUMN "size" SET NOT NULL;
