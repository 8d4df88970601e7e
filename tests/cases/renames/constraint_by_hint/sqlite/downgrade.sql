DROP INDEX "ix_b";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('users') WHERE name NOT IN ('id', 'mail', 'boss_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('users') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ('ix_b')) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("users");
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "mail" VARCHAR(120),
    "boss_id" INTEGER,
    CONSTRAINT "pk_a" PRIMARY KEY ("id"),
    CONSTRAINT "uq_a" UNIQUE ("mail"),
    CONSTRAINT "ck_a" CHECK (id > 0),
    CONSTRAINT "fk_a" FOREIGN KEY ("boss_id") REFERENCES "users" ("id")
);
INSERT INTO "_flaskmig_new_users" ("id", "mail", "boss_id") SELECT "id", "mail", "boss_id" FROM "users";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_users") <> (SELECT count(*) FROM "users");
DROP TABLE "users";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_a" ON "users" ("mail", "id");
