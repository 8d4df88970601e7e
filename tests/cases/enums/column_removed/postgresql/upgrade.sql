ALTER TABLE "items" DROP COLUMN "mood";
DROP TYPE "mood";
