ALTER TABLE "items" ADD COLUMN "age" integer;
UPDATE "items" SET "age" = 7;
ALTER TABLE "items"
    ALTER COLUMN "age" SET DEFAULT '1',
    ALTER COLUMN "age" SET NOT NULL;
