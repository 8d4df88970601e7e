DROP INDEX "ix_points";
