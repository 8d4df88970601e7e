CREATE TABLE "items" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(20),
    PRIMARY KEY ("id")
);
