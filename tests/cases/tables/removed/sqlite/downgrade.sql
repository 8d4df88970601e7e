CREATE TABLE "posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "title" VARCHAR(120),
    PRIMARY KEY ("id"),
    UNIQUE ("title"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
CREATE INDEX "ix_posts_user_id" ON "posts" ("user_id");
