ALTER TABLE "items"
    ALTER COLUMN "value" TYPE integer USING "value"::integer,
    ALTER COLUMN "value" SET DEFAULT '0';
UPDATE "items" SET "value" = '0' WHERE "value" IS NULL;
SELECT 1 FROM "items" WHERE "value" IS NULL LIMIT 1;
ALTER TABLE "items" ALTER COLUMN "value" SET NOT NULL;
