DROP TRIGGER "touched" ON "users";
DROP ROUTINE "touch"();
