CREATE SCHEMA "app";
CREATE SEQUENCE "app"."tickets";
