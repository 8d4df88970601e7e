CREATE TABLE "pets" (
    "id" INTEGER NOT NULL,
    "mood" VARCHAR(4),
    PRIMARY KEY ("id")
);
