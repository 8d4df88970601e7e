CREATE TABLE "people" (
    "id" INTEGER NOT NULL,
    "mood" VARCHAR(3),
    PRIMARY KEY ("id")
);
