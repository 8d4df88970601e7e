DROP TABLE "app"."items";
DROP SCHEMA "app";
