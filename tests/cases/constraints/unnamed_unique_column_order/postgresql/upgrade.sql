ALTER TABLE "things" DROP CONSTRAINT "things_a_b_key";
ALTER TABLE "things" ADD UNIQUE ("b", "a");
