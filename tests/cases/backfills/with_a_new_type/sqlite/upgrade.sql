SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('items') WHERE name NOT IN ('id', 'size') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('items') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT 1 FROM "items" WHERE coalesce("size", ('none')) IS NULL LIMIT 1;
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "items" WHERE typeof("size") IN ('integer', 'real') AND CAST(CAST("size" AS TEXT) AS NUMERIC) <> "size") WHERE number > 0;
PRAGMA foreign_key_check("items");
CREATE TABLE "_flaskmig_new_items" (
    "id" INTEGER NOT NULL,
    "size" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_items" ("id", "size") SELECT "id", coalesce("size", ('none')) FROM "items";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_items") <> (SELECT count(*) FROM "items");
DROP TABLE "items";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_items" RENAME TO "items";
PRAGMA legacy_alter_table = OFF;
