DROP INDEX "by_kind";
DROP INDEX "ix_items_note";
ALTER TABLE "items" DROP COLUMN "kind";
ALTER TABLE "items" DROP COLUMN "note";
