ALTER TABLE "users" RENAME COLUMN "age" TO "years";
UPDATE "users" SET "years" = 0 WHERE "years" IS NULL;
SELECT 1 FROM "users" WHERE "years" IS NULL LIMIT 1;
ALTER TABLE "users" ALTER COLUMN "years" SET NOT NULL;
