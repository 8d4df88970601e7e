CREATE TABLE "pets" (
    "id" SERIAL NOT NULL,
    "mood" mood,
    PRIMARY KEY ("id")
);
