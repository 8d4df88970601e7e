PRAGMA foreign_key_check("people");
ALTER TABLE "people" DROP COLUMN "age";
