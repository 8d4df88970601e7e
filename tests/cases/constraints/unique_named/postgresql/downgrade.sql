ALTER TABLE "things" RENAME CONSTRAINT "uq_a" TO "things_a_key";
