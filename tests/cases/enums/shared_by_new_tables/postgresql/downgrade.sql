ALTER TABLE "items" DROP COLUMN "mood";
DROP TABLE "people";
DROP TYPE "mood";
