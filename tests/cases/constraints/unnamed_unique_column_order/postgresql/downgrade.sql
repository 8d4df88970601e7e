ALTER TABLE "things" DROP CONSTRAINT "things_b_a_key";
ALTER TABLE "things" ADD CONSTRAINT "things_a_b_key" UNIQUE ("a", "b");
