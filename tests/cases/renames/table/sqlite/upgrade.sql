ALTER TABLE "users" RENAME TO "accounts";
DROP INDEX "ix_users_age";
CREATE INDEX "ix_accounts_age" ON "accounts" ("age");
