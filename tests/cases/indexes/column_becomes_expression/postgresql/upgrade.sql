DROP INDEX "ix";
CREATE INDEX "ix" ON "things" ((lower(s)));
