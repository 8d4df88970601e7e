ALTER TABLE "users" RENAME CONSTRAINT "ck_a" TO "ck_b";
ALTER TABLE "users" RENAME CONSTRAINT "fk_a" TO "fk_b";
ALTER TABLE "users" RENAME CONSTRAINT "pk_a" TO "pk_b";
ALTER TABLE "users" RENAME CONSTRAINT "uq_a" TO "uq_b";
ALTER INDEX "ix_a" RENAME TO "ix_b";
