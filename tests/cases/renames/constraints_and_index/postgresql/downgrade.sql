ALTER INDEX "ix_b" RENAME TO "ix_a";
ALTER TABLE "users" RENAME CONSTRAINT "uq_b" TO "uq_a";
ALTER TABLE "users" RENAME CONSTRAINT "pk_b" TO "pk_a";
ALTER TABLE "users" RENAME CONSTRAINT "fk_b" TO "fk_a";
ALTER TABLE "users" RENAME CONSTRAINT "ck_b" TO "ck_a";
