SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('people') WHERE name NOT IN ('id', 'country', 'city') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('people') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("people");
CREATE TABLE "_flaskmig_new_people" (
    "id" INTEGER NOT NULL,
    "country" INTEGER,
    "city" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "fk_place" FOREIGN KEY ("country", "city") REFERENCES "places" ("country", "city")
);
INSERT INTO "_flaskmig_new_people" ("id", "country", "city") SELECT "id", "country", "city" FROM "people";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_people") <> (SELECT count(*) FROM "people");
DROP TABLE "people";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_people" RENAME TO "people";
PRAGMA legacy_alter_table = OFF;
