CREATE TABLE "posts" (
    "id" SERIAL NOT NULL,
    "user_id" integer NOT NULL,
    "title" character varying(120),
    CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "posts_title_key" UNIQUE ("title"),
    CONSTRAINT "posts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
CREATE INDEX "ix_posts_user_id" ON "posts" ("user_id");
