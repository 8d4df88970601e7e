CREATE SCHEMA "My App";
CREATE TABLE "My App"."Line Items" (
    "id" SERIAL NOT NULL,
    "Name" character varying(20),
    PRIMARY KEY ("id")
);
