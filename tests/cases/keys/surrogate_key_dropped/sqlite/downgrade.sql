SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('tags') WHERE name NOT IN ('name') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('tags') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("tags");
CREATE TABLE "_flaskmig_new_tags" (
    "name" VARCHAR(20) NOT NULL,
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_tags" (rowid, "name") SELECT rowid, "name" FROM "tags";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_tags") <> (SELECT count(*) FROM "tags");
DROP TABLE "tags";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_tags" RENAME TO "tags";
PRAGMA legacy_alter_table = OFF;
