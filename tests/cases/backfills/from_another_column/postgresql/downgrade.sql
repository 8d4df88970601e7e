ALTER TABLE "items" DROP COLUMN "shown";
