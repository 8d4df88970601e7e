SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('users') WHERE name NOT IN ('id', 'mail', 'years') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('users') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("users");
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "mail" VARCHAR(120),
    "years" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "uq_users_mail" UNIQUE ("mail")
);
INSERT INTO "_flaskmig_new_users" ("id", "mail", "years") SELECT "id", "mail", "years" FROM "users";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_users") <> (SELECT count(*) FROM "users");
DROP TABLE "users";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "users" RENAME COLUMN "years" TO "age";
