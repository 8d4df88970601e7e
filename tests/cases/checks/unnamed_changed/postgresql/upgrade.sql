ALTER TABLE "things" DROP CONSTRAINT "things_n_check";
ALTER TABLE "things" ADD CHECK (n > 2);
