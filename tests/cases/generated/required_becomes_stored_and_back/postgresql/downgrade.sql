ALTER TABLE "boxes" DROP COLUMN "area";
ALTER TABLE "boxes" ADD COLUMN "area" integer;
UPDATE "boxes" SET "area" = width * 2;
ALTER TABLE "boxes" ALTER COLUMN "area" SET NOT NULL;
