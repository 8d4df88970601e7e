DROP INDEX "ix_n";
