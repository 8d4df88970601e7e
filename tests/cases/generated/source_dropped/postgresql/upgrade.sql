ALTER TABLE "boxes" DROP COLUMN "area";
ALTER TABLE "boxes" DROP COLUMN "width";
