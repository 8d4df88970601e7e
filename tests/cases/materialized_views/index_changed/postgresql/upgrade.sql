DROP INDEX "ix_totals_name";
CREATE INDEX "ix_totals_name" ON "totals" ("name", "points");
