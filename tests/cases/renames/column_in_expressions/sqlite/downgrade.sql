ALTER TABLE "items" RENAME COLUMN "cost" TO "price";
