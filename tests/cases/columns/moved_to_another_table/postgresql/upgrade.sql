ALTER TABLE "users" ADD COLUMN "price" numeric(8,2);
ALTER TABLE "items" DROP COLUMN "price";
