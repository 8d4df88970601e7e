CREATE TABLE "people" (
    "id" INTEGER NOT NULL,
    "mood" VARCHAR(3),
    PRIMARY KEY ("id")
);
ALTER TABLE "items" ADD COLUMN "mood" VARCHAR(3);
