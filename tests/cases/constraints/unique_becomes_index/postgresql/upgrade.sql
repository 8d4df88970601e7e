ALTER TABLE "things" DROP CONSTRAINT "uq_a";
CREATE UNIQUE INDEX "uq_a" ON "things" ("a");
