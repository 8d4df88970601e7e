ALTER TABLE "things" DROP CONSTRAINT "things_n_check";
