ALTER TABLE "items" DROP COLUMN "kind";
