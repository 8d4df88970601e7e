DROP INDEX "ix";
CREATE INDEX "ix" ON "others" ("n");
