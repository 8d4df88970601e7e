DROP TRIGGER "strange";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('users') WHERE name NOT IN ('id', 'name', 'points') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('users') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("users");
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50),
    "points" INTEGER,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_users" ("id", "name", "points") SELECT "id", "name", "points" FROM "users";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_users") <> (SELECT count(*) FROM "users");
DROP TABLE "users";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE TRIGGER strange AFTER UPDATE OF name ON users BEGIN SELECT 1; END;
