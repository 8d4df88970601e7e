SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('nodes') WHERE name NOT IN ('id', 'parent') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('nodes') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("nodes");
CREATE TABLE "_flaskmig_new_nodes" (
    "id" INTEGER NOT NULL,
    "parent" INTEGER,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_nodes" ("id", "parent") SELECT "id", "parent" FROM "nodes";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_nodes") <> (SELECT count(*) FROM "nodes");
DROP TABLE "nodes";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_nodes" RENAME TO "nodes";
PRAGMA legacy_alter_table = OFF;
