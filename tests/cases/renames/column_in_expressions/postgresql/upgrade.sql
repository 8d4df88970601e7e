ALTER TABLE "items" RENAME COLUMN "price" TO "cost";
