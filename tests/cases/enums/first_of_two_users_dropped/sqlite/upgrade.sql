SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "people";
