CREATE TABLE "people" (
    "id" INTEGER NOT NULL,
    "mood" VARCHAR(4) NOT NULL,
    PRIMARY KEY ("id")
);
