ALTER TABLE "things" ADD COLUMN "s" VARCHAR(20);
CREATE INDEX "ix" ON "things" ("s");
