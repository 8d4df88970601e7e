DROP TABLE "users";
DROP ROUTINE "one_more"(a integer);
