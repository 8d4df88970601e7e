CREATE SCHEMA "app";
CREATE TABLE "app"."people" (
    "id" SERIAL NOT NULL,
    "name" character varying(20),
    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);
