PRAGMA foreign_key_check("pets");
ALTER TABLE "pets" DROP COLUMN "owner_id";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "owners";
