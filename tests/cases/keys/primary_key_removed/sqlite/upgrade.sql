SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('members') WHERE name NOT IN ('id', 'tenant') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('members') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("members");
CREATE TABLE "_flaskmig_new_members" (
    "id" INTEGER NOT NULL,
    "tenant" INTEGER NOT NULL
);
INSERT INTO "_flaskmig_new_members" (rowid, "id", "tenant") SELECT rowid, "id", "tenant" FROM "members";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_members") <> (SELECT count(*) FROM "members");
DROP TABLE "members";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_members" RENAME TO "members";
PRAGMA legacy_alter_table = OFF;
