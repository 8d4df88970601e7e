DROP INDEX "one";
DROP INDEX "two";
CREATE INDEX "one" ON "things" ("n");
CREATE INDEX "two" ON "things" ("s");
