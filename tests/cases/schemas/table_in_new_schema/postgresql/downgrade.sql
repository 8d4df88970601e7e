DROP TABLE "app"."people";
DROP SCHEMA "app";
