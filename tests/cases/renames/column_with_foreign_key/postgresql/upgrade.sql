ALTER TABLE "posts" RENAME COLUMN "user_id" TO "author_id";
ALTER TABLE "posts" RENAME COLUMN "parent_id" TO "thread_id";
