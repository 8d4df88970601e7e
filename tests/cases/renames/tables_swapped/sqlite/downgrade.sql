DROP INDEX "ix_posts_age";
CREATE INDEX "ix_users_age" ON "posts" ("age");
ALTER TABLE "posts" RENAME TO "users_1";
ALTER TABLE "users" RENAME TO "posts";
ALTER TABLE "users_1" RENAME TO "users";
