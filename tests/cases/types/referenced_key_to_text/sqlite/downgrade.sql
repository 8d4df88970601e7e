SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('posts') WHERE name NOT IN ('id', 'user_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('posts') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
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
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "users" WHERE typeof("id") = 'text' AND "id" = CAST("id" AS NUMERIC) AND CAST(CASE WHEN CAST("id" AS NUMERIC) = CAST(CAST("id" AS NUMERIC) AS INTEGER) AND CAST(CAST("id" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807) THEN CAST(CAST("id" AS NUMERIC) AS INTEGER) ELSE CAST("id" AS NUMERIC) END AS TEXT) <> "id" COLLATE BINARY) WHERE number > 0;
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "users" WHERE typeof("id") = 'blob' OR typeof("id") = 'real' AND NOT ("id" = CAST("id" AS INTEGER) AND CAST("id" AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)) OR typeof("id") = 'text' AND ("id" <> CAST("id" AS NUMERIC) OR typeof(CAST("id" AS NUMERIC)) = 'real' AND NOT (CAST("id" AS NUMERIC) = CAST(CAST("id" AS NUMERIC) AS INTEGER) AND CAST(CAST("id" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)))) WHERE number > 0;
PRAGMA foreign_key_check("users");
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_users" ("id") SELECT "id" FROM "users";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_users") <> (SELECT count(*) FROM "users");
DROP TABLE "users";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('posts') WHERE name NOT IN ('id', 'user_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('posts') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "posts" WHERE typeof("user_id") = 'text' AND "user_id" = CAST("user_id" AS NUMERIC) AND CAST(CASE WHEN CAST("user_id" AS NUMERIC) = CAST(CAST("user_id" AS NUMERIC) AS INTEGER) AND CAST(CAST("user_id" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807) THEN CAST(CAST("user_id" AS NUMERIC) AS INTEGER) ELSE CAST("user_id" AS NUMERIC) END AS TEXT) <> "user_id" COLLATE BINARY) WHERE number > 0;
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "posts" WHERE typeof("user_id") = 'blob' OR typeof("user_id") = 'real' AND NOT ("user_id" = CAST("user_id" AS INTEGER) AND CAST("user_id" AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)) OR typeof("user_id") = 'text' AND ("user_id" <> CAST("user_id" AS NUMERIC) OR typeof(CAST("user_id" AS NUMERIC)) = 'real' AND NOT (CAST("user_id" AS NUMERIC) = CAST(CAST("user_id" AS NUMERIC) AS INTEGER) AND CAST(CAST("user_id" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)))) WHERE number > 0;
PRAGMA foreign_key_check("posts");
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
INSERT INTO "_flaskmig_new_posts" ("id", "user_id") SELECT "id", "user_id" FROM "posts";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_posts") <> (SELECT count(*) FROM "posts");
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
