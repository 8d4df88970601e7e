ALTER TABLE "posts" DROP CONSTRAINT "posts_user_id_fkey";
ALTER TABLE "posts" ALTER COLUMN "user_id" TYPE character varying(20);
DO $do$ BEGIN EXECUTE 'ALTER TABLE "users" ALTER COLUMN "id" DROP DEFAULT'; EXECUTE 'DROP SEQUENCE ' || pg_get_serial_sequence('"users"', 'id'); END $do$;
ALTER TABLE "users" ALTER COLUMN "id" TYPE character varying(20);
ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id");
