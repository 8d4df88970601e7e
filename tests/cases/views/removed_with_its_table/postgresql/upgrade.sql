DROP VIEW "a_names";
DROP VIEW "winners";
DROP TABLE "users";
