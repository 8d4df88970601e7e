PRAGMA foreign_key_check("things");
ALTER TABLE "things" DROP COLUMN "kind";
ALTER TABLE "things" RENAME TO "items";
