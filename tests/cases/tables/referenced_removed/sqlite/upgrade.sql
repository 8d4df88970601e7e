DROP INDEX "ix_posts_user_id";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('posts') WHERE name NOT IN ('id', 'user_id', 'title') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('posts') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ('ix_posts_user_id')) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("posts");
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "title" VARCHAR(120),
    PRIMARY KEY ("id"),
    UNIQUE ("title")
);
INSERT INTO "_flaskmig_new_posts" ("id", "title") SELECT "id", "title" FROM "posts";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_posts") <> (SELECT count(*) FROM "posts");
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "users";
