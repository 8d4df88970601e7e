CREATE TABLE "a" (
    "id" INTEGER NOT NULL,
    "b_id" INTEGER,
    PRIMARY KEY ("id")
);
CREATE TABLE "b" (
    "id" INTEGER NOT NULL,
    "a_id" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("a_id") REFERENCES "a" ("id")
);
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('a') WHERE name NOT IN ('id', 'b_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('a') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("a");
CREATE TABLE "_flaskmig_new_a" (
    "id" INTEGER NOT NULL,
    "b_id" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("b_id") REFERENCES "b" ("id")
);
INSERT INTO "_flaskmig_new_a" ("id", "b_id") SELECT "id", "b_id" FROM "a";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_a") <> (SELECT count(*) FROM "a");
DROP TABLE "a";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_a" RENAME TO "a";
PRAGMA legacy_alter_table = OFF;
