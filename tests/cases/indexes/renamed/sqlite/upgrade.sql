DROP INDEX "old";
CREATE INDEX "new" ON "things" ("n");
