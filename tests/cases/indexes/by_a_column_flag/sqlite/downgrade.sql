DROP INDEX "ix_things_n";
