ALTER TABLE "users" RENAME TO "users_1";
ALTER TABLE "posts" RENAME TO "users";
ALTER TABLE "users_1" RENAME TO "posts";
DROP INDEX "ix_users_age";
CREATE INDEX "ix_posts_age" ON "posts" ("age");
