CREATE SCHEMA "app";
CREATE TABLE "app"."items" (
    "id" SERIAL NOT NULL,
    PRIMARY KEY ("id")
);
DROP TABLE "items";
