DROP INDEX "ix";
CREATE INDEX "ix" ON "things" (upper(s));
