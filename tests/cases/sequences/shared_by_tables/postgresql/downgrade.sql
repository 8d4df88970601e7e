ALTER TABLE "items" DROP COLUMN "number";
DROP TABLE "people";
DROP SEQUENCE "tickets";
