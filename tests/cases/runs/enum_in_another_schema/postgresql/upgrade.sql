CREATE SCHEMA "kinds";
CREATE SCHEMA "people_schema";
CREATE TYPE "kinds"."mood" AS ENUM ('glad', 'sad');
CREATE TABLE "people_schema"."people" (
    "id" SERIAL NOT NULL,
    "mood" kinds.mood,
    PRIMARY KEY ("id")
);
