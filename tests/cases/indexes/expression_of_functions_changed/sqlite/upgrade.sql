DROP INDEX "ix";
CREATE INDEX "ix" ON "things" (coalesce(n, 1));
