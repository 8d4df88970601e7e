ALTER TABLE "books" RENAME COLUMN "number" TO "isbn";
