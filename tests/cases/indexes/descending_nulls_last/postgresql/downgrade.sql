DROP INDEX "ix";
CREATE INDEX "ix" ON "things" ("n" DESC);
