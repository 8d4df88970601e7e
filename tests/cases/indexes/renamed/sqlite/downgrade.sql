DROP INDEX "new";
CREATE INDEX "old" ON "things" ("n");
