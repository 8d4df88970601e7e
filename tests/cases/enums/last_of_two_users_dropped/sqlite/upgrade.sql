PRAGMA foreign_key_check("items");
ALTER TABLE "items" DROP COLUMN "mood";
PRAGMA foreign_key_check("people");
ALTER TABLE "people" DROP COLUMN "mood";
