SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('items') WHERE name NOT IN ('id', 'value') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('items') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "items" WHERE typeof("value") = 'text' AND "value" = CAST("value" AS NUMERIC) AND CAST(CASE WHEN CAST("value" AS NUMERIC) = CAST(CAST("value" AS NUMERIC) AS INTEGER) AND CAST(CAST("value" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807) THEN CAST(CAST("value" AS NUMERIC) AS INTEGER) ELSE CAST("value" AS NUMERIC) END AS TEXT) <> "value" COLLATE BINARY) WHERE number > 0;
PRAGMA foreign_key_check("items");
CREATE TABLE "_flaskmig_new_items" (
    "id" INTEGER NOT NULL,
    "value" NUMERIC(12, 4),
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_items" ("id", "value") SELECT "id", "value" FROM "items";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_items") <> (SELECT count(*) FROM "items");
DROP TABLE "items";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_items" RENAME TO "items";
PRAGMA legacy_alter_table = OFF;
