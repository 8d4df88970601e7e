DROP VIEW "shown"."winners";
DROP SCHEMA "shown";
