ALTER TABLE "people" DROP COLUMN "mood";
DROP TYPE "mood";
