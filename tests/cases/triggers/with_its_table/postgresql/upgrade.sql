DROP TRIGGER "touched" ON "users";
DROP TABLE "users";
DROP ROUTINE "touch"();
