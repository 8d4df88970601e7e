DROP INDEX "ix_b";
CREATE INDEX "ix_a" ON "users" ("mail", "id");
