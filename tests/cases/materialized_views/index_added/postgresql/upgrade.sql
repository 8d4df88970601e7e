CREATE INDEX "ix_points" ON "totals" ("points");
