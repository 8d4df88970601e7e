PRAGMA foreign_key_check("items");
ALTER TABLE "items" DROP COLUMN "note";
