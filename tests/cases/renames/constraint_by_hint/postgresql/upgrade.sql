ALTER TABLE "users" RENAME CONSTRAINT "uq_a" TO "uq_b";
ALTER INDEX "ix_a" RENAME TO "ix_b";
