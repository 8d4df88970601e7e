CREATE TABLE "posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "title" VARCHAR(120),
    PRIMARY KEY ("id"),
    UNIQUE ("title"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
CREATE INDEX "ix_posts_user_id" ON "posts" ("user_id");
CREATE TABLE "likes" (
    "user_id" INTEGER NOT NULL,
    "post_id" INTEGER NOT NULL,
    "at" DATETIME DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("user_id", "post_id"),
    FOREIGN KEY ("post_id") REFERENCES "posts" ("id"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
CREATE TABLE "comments" (
    "id" INTEGER NOT NULL,
    "post_id" INTEGER,
    "answer_to" INTEGER,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "has_body" CHECK (length(body) > 0),
    FOREIGN KEY ("answer_to") REFERENCES "comments" ("id"),
    FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
);
CREATE INDEX "by_post" ON "comments" ("post_id", "id");
