PRAGMA foreign_key_check("items");
ALTER TABLE "items" DROP COLUMN "mood";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "people";
