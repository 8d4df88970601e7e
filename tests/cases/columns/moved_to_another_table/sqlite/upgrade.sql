ALTER TABLE "users" ADD COLUMN "price" NUMERIC(8, 2);
PRAGMA foreign_key_check("items");
ALTER TABLE "items" DROP COLUMN "price";
