DROP INDEX "ix_totals_name";
CREATE UNIQUE INDEX "ix_totals_name" ON "totals" ("name");
