ALTER TABLE "things" ADD CONSTRAINT "things_n_check" CHECK ((n > 1));
