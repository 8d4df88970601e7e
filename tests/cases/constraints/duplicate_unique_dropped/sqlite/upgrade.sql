SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('things') WHERE name NOT IN ('id', 'a', 'b') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('things') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("things");
CREATE TABLE "_flaskmig_new_things" (
    "id" INTEGER NOT NULL,
    "a" INTEGER,
    "b" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "one" UNIQUE ("a")
);
INSERT INTO "_flaskmig_new_things" ("id", "a", "b") SELECT "id", "a", "b" FROM "things";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_things") <> (SELECT count(*) FROM "things");
DROP TABLE "things";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_things" RENAME TO "things";
PRAGMA legacy_alter_table = OFF;
