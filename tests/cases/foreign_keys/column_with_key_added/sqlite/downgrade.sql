PRAGMA foreign_key_check("pets");
ALTER TABLE "pets" DROP COLUMN "owner";
