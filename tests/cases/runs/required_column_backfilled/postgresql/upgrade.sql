ALTER TABLE "people" ADD COLUMN "age" integer;
UPDATE "people" SET "age" = 0;
ALTER TABLE "people" ALTER COLUMN "age" SET NOT NULL;
