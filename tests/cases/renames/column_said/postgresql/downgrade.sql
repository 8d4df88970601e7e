ALTER TABLE "users" RENAME COLUMN "years" TO "age";
