ALTER TABLE "items" RENAME TO "things";
PRAGMA foreign_key_check("things");
ALTER TABLE "things" DROP COLUMN "kind";
