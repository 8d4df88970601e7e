PRAGMA foreign_key_check("users");
ALTER TABLE "users" DROP COLUMN "note";
