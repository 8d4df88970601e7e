ALTER TABLE "things" DROP CONSTRAINT "things_a_key";
