ALTER TABLE "things" DROP COLUMN "number";
DROP SEQUENCE "numbers";
