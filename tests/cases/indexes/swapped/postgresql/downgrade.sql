DROP INDEX "two";
DROP INDEX "one";
CREATE INDEX "two" ON "things" ("s");
CREATE INDEX "one" ON "things" ("n");
