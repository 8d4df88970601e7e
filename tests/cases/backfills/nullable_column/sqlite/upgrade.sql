ALTER TABLE "items" ADD COLUMN "age" INTEGER;
UPDATE "items" SET "age" = (7);
