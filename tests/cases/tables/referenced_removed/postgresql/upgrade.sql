ALTER TABLE "posts" DROP CONSTRAINT "posts_user_id_fkey";
DROP INDEX "ix_posts_user_id";
ALTER TABLE "posts" DROP COLUMN "user_id";
DROP TABLE "users";
