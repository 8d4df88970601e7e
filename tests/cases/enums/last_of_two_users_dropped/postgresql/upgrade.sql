ALTER TABLE "items" DROP COLUMN "mood";
ALTER TABLE "people" DROP COLUMN "mood";
DROP TYPE "mood";
