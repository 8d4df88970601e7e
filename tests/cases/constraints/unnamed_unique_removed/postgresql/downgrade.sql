ALTER TABLE "things" ADD CONSTRAINT "things_a_b_key" UNIQUE ("a", "b");
