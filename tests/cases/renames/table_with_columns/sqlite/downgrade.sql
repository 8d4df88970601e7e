DROP INDEX "ix_accounts_years";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('accounts') WHERE name NOT IN ('id', 'mail', 'years', 'boss_id', 'note') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('accounts') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ('ix_accounts_years')) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("accounts");
CREATE TABLE "_flaskmig_new_accounts" (
    "id" INTEGER NOT NULL,
    "mail" VARCHAR(120) NOT NULL,
    "years" INTEGER,
    "boss_id" INTEGER,
    PRIMARY KEY ("id"),
    UNIQUE ("mail"),
    CHECK ("years" > 0),
    FOREIGN KEY ("boss_id") REFERENCES "accounts" ("id")
);
INSERT INTO "_flaskmig_new_accounts" ("id", "mail", "years", "boss_id") SELECT "id", "mail", "years", "boss_id" FROM "accounts";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_accounts") <> (SELECT count(*) FROM "accounts");
DROP TABLE "accounts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_accounts" RENAME TO "accounts";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "accounts" RENAME COLUMN "years" TO "age";
CREATE INDEX "ix_users_age" ON "accounts" ("age");
ALTER TABLE "accounts" RENAME TO "users";
