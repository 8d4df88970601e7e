DROP VIEW "a_names";
DROP VIEW "winners";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "users";
