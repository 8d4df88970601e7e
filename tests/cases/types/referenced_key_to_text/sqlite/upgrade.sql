SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('posts') WHERE name NOT IN ('id', 'user_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('posts') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "posts" WHERE typeof("user_id") IN ('integer', 'real') AND CAST(CAST("user_id" AS TEXT) AS NUMERIC) <> "user_id") WHERE number > 0;
PRAGMA foreign_key_check("posts");
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" VARCHAR(20),
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_posts" ("id", "user_id") SELECT "id", "user_id" FROM "posts";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_posts") <> (SELECT count(*) FROM "posts");
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('users') WHERE name NOT IN ('id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('users') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "users" WHERE typeof("id") IN ('integer', 'real') AND CAST(CAST("id" AS TEXT) AS NUMERIC) <> "id") WHERE number > 0;
PRAGMA foreign_key_check("users");
CREATE TABLE "_flaskmig_new_users" (
    "id" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_users" (rowid, "id") SELECT rowid, "id" FROM "users";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_users") <> (SELECT count(*) FROM "users");
DROP TABLE "users";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('posts') WHERE name NOT IN ('id', 'user_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('posts') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("posts");
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" VARCHAR(20),
    PRIMARY KEY ("id"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
INSERT INTO "_flaskmig_new_posts" ("id", "user_id") SELECT "id", "user_id" FROM "posts";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_posts") <> (SELECT count(*) FROM "posts");
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
