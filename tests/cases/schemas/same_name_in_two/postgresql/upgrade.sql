CREATE SCHEMA "app";
CREATE TABLE "app"."items" (
    "id" SERIAL NOT NULL,
    "name" character varying(20),
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ix_app_items_name" ON "app"."items" ("name");
