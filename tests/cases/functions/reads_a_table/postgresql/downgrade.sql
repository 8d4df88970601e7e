DROP ROUTINE "everyone"();
DROP TABLE "users";
