CREATE SCHEMA "app";
CREATE TYPE "app"."mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items" ADD COLUMN "mood" app.mood;
