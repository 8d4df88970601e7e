ALTER TABLE "items" DROP COLUMN "mood";
