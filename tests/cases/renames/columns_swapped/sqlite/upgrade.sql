DROP INDEX "ix_people_first";
ALTER TABLE "people" RENAME COLUMN "first" TO "first_1";
ALTER TABLE "people" RENAME COLUMN "last" TO "first";
ALTER TABLE "people" RENAME COLUMN "first_1" TO "last";
CREATE INDEX "ix_people_last" ON "people" ("last");
