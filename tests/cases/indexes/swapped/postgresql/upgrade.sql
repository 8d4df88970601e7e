DROP INDEX "one";
DROP INDEX "two";
CREATE INDEX "one" ON "things" ("s");
CREATE INDEX "two" ON "things" ("n");
