DROP SEQUENCE "app"."tickets";
DROP SCHEMA "app";
