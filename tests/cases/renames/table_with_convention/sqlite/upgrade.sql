ALTER TABLE "users" RENAME TO "accounts";
DROP INDEX "ix_users_age";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('accounts') WHERE name NOT IN ('id', 'mail', 'age', 'boss_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('accounts') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ('ix_users_age')) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("accounts");
CREATE TABLE "_flaskmig_new_accounts" (
    "id" INTEGER NOT NULL,
    "mail" VARCHAR(120) NOT NULL,
    "age" INTEGER,
    "boss_id" INTEGER,
    CONSTRAINT "pk_accounts" PRIMARY KEY ("id"),
    CONSTRAINT "uq_accounts_mail" UNIQUE ("mail"),
    CONSTRAINT "ck_accounts_age" CHECK (age > 0),
    CONSTRAINT "fk_accounts_boss_id_accounts" FOREIGN KEY ("boss_id") REFERENCES "accounts" ("id")
);
INSERT INTO "_flaskmig_new_accounts" ("id", "mail", "age", "boss_id") SELECT "id", "mail", "age", "boss_id" FROM "accounts";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_accounts") <> (SELECT count(*) FROM "accounts");
DROP TABLE "accounts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_accounts" RENAME TO "accounts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_accounts_age" ON "accounts" ("age");
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('posts') WHERE name NOT IN ('id', 'user_id', 'title') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('posts') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("posts");
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "title" TEXT,
    CONSTRAINT "pk_posts" PRIMARY KEY ("id"),
    CONSTRAINT "fk_posts_user_id_accounts" FOREIGN KEY ("user_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
);
INSERT INTO "_flaskmig_new_posts" ("id", "user_id", "title") SELECT "id", "user_id", "title" FROM "posts";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_posts") <> (SELECT count(*) FROM "posts");
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
