DROP INDEX "ix";
CREATE INDEX "ix" ON "things" ("s", "n");
