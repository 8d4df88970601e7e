ALTER TABLE "people" RENAME COLUMN "last" TO "age";
ALTER TABLE "people" RENAME COLUMN "first" TO "last";
