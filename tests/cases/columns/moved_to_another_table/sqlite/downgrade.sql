ALTER TABLE "items" ADD COLUMN "price" NUMERIC(8, 2);
PRAGMA foreign_key_check("users");
ALTER TABLE "users" DROP COLUMN "price";
