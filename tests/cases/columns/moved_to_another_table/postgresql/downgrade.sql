ALTER TABLE "items" ADD COLUMN "price" numeric(8,2);
ALTER TABLE "users" DROP COLUMN "price";
