ALTER TABLE "people" RENAME COLUMN "last" TO "first";
ALTER TABLE "people" RENAME COLUMN "age" TO "last";
