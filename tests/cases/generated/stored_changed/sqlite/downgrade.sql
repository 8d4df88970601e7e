SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('boxes') WHERE name NOT IN ('id', 'width', 'area') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('boxes') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("boxes");
CREATE TABLE "_flaskmig_new_boxes" (
    "id" INTEGER NOT NULL,
    "width" INTEGER,
    "area" INTEGER GENERATED ALWAYS AS (width * 2) STORED,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_boxes" ("id", "width") SELECT "id", "width" FROM "boxes";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_boxes") <> (SELECT count(*) FROM "boxes");
DROP TABLE "boxes";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_boxes" RENAME TO "boxes";
PRAGMA legacy_alter_table = OFF;
