SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('things') WHERE name NOT IN ('id', 'n') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('things') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("things");
CREATE TABLE "_flaskmig_new_things" (
    "id" INTEGER NOT NULL,
    "n" INTEGER,
    "s" VARCHAR(20),
    PRIMARY KEY ("id"),
    CONSTRAINT "k" CHECK (s <> 'x')
);
INSERT INTO "_flaskmig_new_things" ("id", "n") SELECT "id", "n" FROM "things";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_things") <> (SELECT count(*) FROM "things");
DROP TABLE "things";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_things" RENAME TO "things";
PRAGMA legacy_alter_table = OFF;
