ALTER TABLE "items" DROP COLUMN "note";
