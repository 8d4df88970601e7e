UPDATE "items" SET "name" = 'none' WHERE "name" IS NULL;
SELECT 1 FROM "items" WHERE "name" IS NULL LIMIT 1;
ALTER TABLE "items" ALTER COLUMN "name" SET NOT NULL;
