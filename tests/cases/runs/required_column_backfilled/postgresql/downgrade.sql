ALTER TABLE "people" DROP COLUMN "age";
