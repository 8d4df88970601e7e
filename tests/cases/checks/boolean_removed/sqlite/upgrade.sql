SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('flags') WHERE name NOT IN ('id', 'on') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('flags') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("flags");
CREATE TABLE "_flaskmig_new_flags" (
    "id" INTEGER NOT NULL,
    "on" BOOLEAN,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_flags" ("id", "on") SELECT "id", "on" FROM "flags";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_flags") <> (SELECT count(*) FROM "flags");
DROP TABLE "flags";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_flags" RENAME TO "flags";
PRAGMA legacy_alter_table = OFF;
