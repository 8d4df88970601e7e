ALTER TABLE "parts" DROP CONSTRAINT "fk_ab";
ALTER TABLE "things" DROP CONSTRAINT "uq_ba";
ALTER TABLE "things" ADD CONSTRAINT "uq_ab" UNIQUE ("a", "b");
ALTER TABLE "parts" ADD CONSTRAINT "fk_ab" FOREIGN KEY ("a", "b") REFERENCES "things" ("a", "b");
