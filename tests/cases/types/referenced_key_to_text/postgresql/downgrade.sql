ALTER TABLE "posts" DROP CONSTRAINT "posts_user_id_fkey";
ALTER TABLE "users" ALTER COLUMN "id" TYPE integer USING "id"::integer;
CREATE SEQUENCE "users_id_seq" AS integer OWNED BY "users"."id";
ALTER TABLE "users" ALTER COLUMN "id" SET DEFAULT nextval('"users_id_seq"');
SELECT setval(pg_get_serial_sequence('"users"', 'id'), max("id")) FROM "users" HAVING max("id") IS NOT NULL;
ALTER TABLE "posts" ALTER COLUMN "user_id" TYPE integer USING "user_id"::integer;
ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id");
