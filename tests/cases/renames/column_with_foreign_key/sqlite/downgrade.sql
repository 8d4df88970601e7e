ALTER TABLE "posts" RENAME COLUMN "thread_id" TO "parent_id";
ALTER TABLE "posts" RENAME COLUMN "author_id" TO "user_id";
