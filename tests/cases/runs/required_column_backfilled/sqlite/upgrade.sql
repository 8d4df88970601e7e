SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('people') WHERE name NOT IN ('id', 'name') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('people') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT 1 FROM "people" WHERE (0) IS NULL LIMIT 1;
PRAGMA foreign_key_check("people");
CREATE TABLE "_flaskmig_new_people" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(20),
    "age" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_people" ("id", "name", "age") SELECT "id", "name", (0) FROM "people";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_people") <> (SELECT count(*) FROM "people");
DROP TABLE "people";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_people" RENAME TO "people";
PRAGMA legacy_alter_table = OFF;
