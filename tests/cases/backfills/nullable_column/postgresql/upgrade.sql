ALTER TABLE "items" ADD COLUMN "age" integer;
UPDATE "items" SET "age" = 7;
