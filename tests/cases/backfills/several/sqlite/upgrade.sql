SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('items') WHERE name NOT IN ('id', 'a', 'b') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('items') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT 1 FROM "items" WHERE coalesce("a", (1)) IS NULL LIMIT 1;
SELECT 1 FROM "items" WHERE coalesce("b", (2)) IS NULL LIMIT 1;
SELECT 1 FROM "items" WHERE (3) IS NULL LIMIT 1;
PRAGMA foreign_key_check("items");
CREATE TABLE "_flaskmig_new_items" (
    "id" INTEGER NOT NULL,
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    "c" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_items" ("id", "a", "b", "c") SELECT "id", coalesce("a", (1)), coalesce("b", (2)), (3) FROM "items";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_items") <> (SELECT count(*) FROM "items");
DROP TABLE "items";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_items" RENAME TO "items";
PRAGMA legacy_alter_table = OFF;
