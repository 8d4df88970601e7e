CREATE SCHEMA "shop";
CREATE TABLE "shop"."things" (
    "id" SERIAL NOT NULL,
    "thing_id" integer,
    CONSTRAINT "things_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "things_thing_id_fkey" FOREIGN KEY ("thing_id") REFERENCES "things" ("id")
);
