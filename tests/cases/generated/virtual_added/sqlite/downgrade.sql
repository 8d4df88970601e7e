PRAGMA foreign_key_check("boxes");
ALTER TABLE "boxes" DROP COLUMN "area";
