SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('items') WHERE name NOT IN ('id', 'value') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('items') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "items" WHERE typeof("value") IN ('integer', 'real') AND CAST(CAST("value" AS TEXT) AS NUMERIC) <> "value") WHERE number > 0;
PRAGMA foreign_key_check("items");
CREATE TABLE "_flaskmig_new_items" (
    "id" INTEGER NOT NULL,
    "value" VARCHAR(20),
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_items" ("id", "value") SELECT "id", "value" FROM "items";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_items") <> (SELECT count(*) FROM "items");
DROP TABLE "items";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_items" RENAME TO "items";
PRAGMA legacy_alter_table = OFF;
