DROP INDEX "ix_items_c";
ALTER TABLE "items" DROP CONSTRAINT "items_b_key";
ALTER TABLE "items" DROP COLUMN "c";
ALTER TABLE "items" DROP COLUMN "b";
ALTER TABLE "items" DROP COLUMN "a";
