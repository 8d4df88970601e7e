CREATE TABLE "people" (
    "id" SERIAL NOT NULL,
    "mood" mood,
    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);
