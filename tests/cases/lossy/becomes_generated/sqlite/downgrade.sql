PRAGMA foreign_key_check("items");
ALTER TABLE "items" DROP COLUMN "b";
ALTER TABLE "items" ADD COLUMN "b" INTEGER;
