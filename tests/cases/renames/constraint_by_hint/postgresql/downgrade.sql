ALTER INDEX "ix_b" RENAME TO "ix_a";
ALTER TABLE "users" RENAME CONSTRAINT "uq_b" TO "uq_a";
