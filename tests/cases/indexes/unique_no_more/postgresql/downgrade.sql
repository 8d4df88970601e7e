DROP INDEX "ix";
CREATE UNIQUE INDEX "ix" ON "things" ("n");
