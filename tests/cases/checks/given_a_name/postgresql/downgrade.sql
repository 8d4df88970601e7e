ALTER TABLE "things" RENAME CONSTRAINT "k" TO "things_n_check";
