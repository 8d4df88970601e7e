DROP INDEX "ix_a";
CREATE INDEX "ix_b" ON "users" ("mail", "id");
