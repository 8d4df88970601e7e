ALTER TABLE "items" DROP COLUMN "name";
