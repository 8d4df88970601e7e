CREATE TABLE "posts" (
    "id" SERIAL NOT NULL,
    "user_id" integer NOT NULL,
    "title" character varying(120),
    CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "posts_title_key" UNIQUE ("title"),
    CONSTRAINT "posts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
CREATE INDEX "ix_posts_user_id" ON "posts" ("user_id");
CREATE TABLE "likes" (
    "user_id" integer NOT NULL,
    "post_id" integer NOT NULL,
    "at" timestamp without time zone DEFAULT now(),
    CONSTRAINT "likes_pkey" PRIMARY KEY ("user_id", "post_id"),
    CONSTRAINT "likes_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id"),
    CONSTRAINT "likes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
CREATE TABLE "comments" (
    "id" SERIAL NOT NULL,
    "post_id" integer,
    "answer_to" integer,
    "body" text NOT NULL,
    CONSTRAINT "comments_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "has_body" CHECK ((length(body) > 0)),
    CONSTRAINT "comments_answer_to_fkey" FOREIGN KEY ("answer_to") REFERENCES "comments" ("id"),
    CONSTRAINT "comments_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
);
CREATE INDEX "by_post" ON "comments" ("post_id", "id");
