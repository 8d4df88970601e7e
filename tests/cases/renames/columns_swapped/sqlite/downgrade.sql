DROP INDEX "ix_people_last";
ALTER TABLE "people" RENAME COLUMN "last" TO "first_1";
ALTER TABLE "people" RENAME COLUMN "first" TO "last";
ALTER TABLE "people" RENAME COLUMN "first_1" TO "first";
CREATE INDEX "ix_people_first" ON "people" ("first");
