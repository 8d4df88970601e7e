ALTER TABLE "boxes" DROP COLUMN "area";
