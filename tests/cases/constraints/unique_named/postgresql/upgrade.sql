ALTER TABLE "things" RENAME CONSTRAINT "things_a_key" TO "uq_a";
