DROP INDEX "ix";
CREATE INDEX "ix" ON "things" ((COALESCE(n, 0)));
