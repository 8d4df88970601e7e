DROP INDEX "ix_body";
