ALTER TABLE "parts" DROP CONSTRAINT "fk_ab";
ALTER TABLE "things" DROP CONSTRAINT "uq_ab";
ALTER TABLE "things" ADD CONSTRAINT "uq_ba" UNIQUE ("b", "a");
ALTER TABLE "parts" ADD CONSTRAINT "fk_ab" FOREIGN KEY ("a", "b") REFERENCES "things" ("a", "b");
