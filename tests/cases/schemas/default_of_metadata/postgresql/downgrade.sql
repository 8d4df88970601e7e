CREATE TABLE "items" (
    "id" SERIAL NOT NULL,
    CONSTRAINT "items_pkey" PRIMARY KEY ("id")
);
DROP TABLE "app"."items";
DROP SCHEMA "app";
