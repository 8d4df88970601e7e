ALTER TABLE "books" RENAME COLUMN "isbn" TO "number";
