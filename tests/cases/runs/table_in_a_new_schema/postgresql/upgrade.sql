CREATE SCHEMA "shop";
CREATE TABLE "shop"."things" (
    "id" SERIAL NOT NULL,
    "thing_id" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("thing_id") REFERENCES "things" ("id")
);
