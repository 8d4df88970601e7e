ALTER TABLE "items" DROP COLUMN "moods";
DROP TYPE "mood";
