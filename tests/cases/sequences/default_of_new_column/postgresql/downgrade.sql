ALTER TABLE "items" DROP COLUMN "number";
DROP SEQUENCE "tickets";
