DROP INDEX "uq_a";
ALTER TABLE "things" ADD CONSTRAINT "uq_a" UNIQUE ("a");
