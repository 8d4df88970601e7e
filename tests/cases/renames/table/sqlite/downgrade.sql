DROP INDEX "ix_accounts_age";
CREATE INDEX "ix_users_age" ON "accounts" ("age");
ALTER TABLE "accounts" RENAME TO "users";
