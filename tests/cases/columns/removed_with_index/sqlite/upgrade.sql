DROP INDEX "by_kind";
DROP INDEX "ix_items_note";
PRAGMA foreign_key_check("items");
ALTER TABLE "items" DROP COLUMN "kind";
PRAGMA foreign_key_check("items");
ALTER TABLE "items" DROP COLUMN "note";
