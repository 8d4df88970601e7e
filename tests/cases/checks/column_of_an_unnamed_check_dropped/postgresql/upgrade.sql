ALTER TABLE "things" DROP CONSTRAINT "things_check";
ALTER TABLE "things" DROP COLUMN "s";
