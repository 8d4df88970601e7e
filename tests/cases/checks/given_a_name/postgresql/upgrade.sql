ALTER TABLE "things" RENAME CONSTRAINT "things_n_check" TO "k";
