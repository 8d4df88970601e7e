SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "comments";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "likes";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "posts";
