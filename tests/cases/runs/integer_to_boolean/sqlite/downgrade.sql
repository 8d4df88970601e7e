SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('things') WHERE name NOT IN ('id', 'c') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('things') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "things" WHERE typeof("c") = 'text' AND "c" = CAST("c" AS NUMERIC) AND CAST(CASE WHEN CAST("c" AS NUMERIC) = CAST(CAST("c" AS NUMERIC) AS INTEGER) AND CAST(CAST("c" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807) THEN CAST(CAST("c" AS NUMERIC) AS INTEGER) ELSE CAST("c" AS NUMERIC) END AS TEXT) <> "c" COLLATE BINARY) WHERE number > 0;
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "things" WHERE typeof("c") = 'blob' OR typeof("c") = 'real' AND NOT ("c" = CAST("c" AS INTEGER) AND CAST("c" AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)) OR typeof("c") = 'text' AND ("c" <> CAST("c" AS NUMERIC) OR typeof(CAST("c" AS NUMERIC)) = 'real' AND NOT (CAST("c" AS NUMERIC) = CAST(CAST("c" AS NUMERIC) AS INTEGER) AND CAST(CAST("c" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)))) WHERE number > 0;
PRAGMA foreign_key_check("things");
CREATE TABLE "_flaskmig_new_things" (
    "id" INTEGER NOT NULL,
    "c" INTEGER,
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_things" ("id", "c") SELECT "id", "c" FROM "things";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_things") <> (SELECT count(*) FROM "things");
DROP TABLE "things";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_things" RENAME TO "things";
PRAGMA legacy_alter_table = OFF;
