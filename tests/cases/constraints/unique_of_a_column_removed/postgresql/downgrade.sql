ALTER TABLE "things" ADD CONSTRAINT "things_a_key" UNIQUE ("a");
