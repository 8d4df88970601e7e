CREATE TABLE "posts" (
    "id" SERIAL NOT NULL,
    "user_id" integer NOT NULL,
    "title" character varying(120),
    PRIMARY KEY ("id"),
    UNIQUE ("title"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
CREATE INDEX "ix_posts_user_id" ON "posts" ("user_id");
DROP TABLE "notes";
