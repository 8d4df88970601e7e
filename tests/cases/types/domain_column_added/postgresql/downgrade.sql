ALTER TABLE "items" DROP COLUMN "count";
