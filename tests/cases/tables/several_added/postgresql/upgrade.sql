CREATE TABLE "posts" (
    "id" SERIAL NOT NULL,
    "user_id" integer NOT NULL,
    "title" character varying(120),
    PRIMARY KEY ("id"),
    UNIQUE ("title"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
CREATE INDEX "ix_posts_user_id" ON "posts" ("user_id");
CREATE TABLE "comments" (
    "id" SERIAL NOT NULL,
    "post_id" integer,
    "answer_to" integer,
    "body" text NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "has_body" CHECK (length(body) > 0),
    FOREIGN KEY ("answer_to") REFERENCES "comments" ("id"),
    FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
);
CREATE INDEX "by_post" ON "comments" ("post_id", "id");
CREATE TABLE "likes" (
    "user_id" integer NOT NULL,
    "post_id" integer NOT NULL,
    "at" timestamp without time zone DEFAULT now(),
    PRIMARY KEY ("user_id", "post_id"),
    FOREIGN KEY ("post_id") REFERENCES "posts" ("id"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
