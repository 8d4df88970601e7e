CREATE TYPE "mood" AS ENUM ('glad', 'sad');
CREATE TABLE "people" (
    "id" SERIAL NOT NULL,
    "mood" mood NOT NULL,
    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);
