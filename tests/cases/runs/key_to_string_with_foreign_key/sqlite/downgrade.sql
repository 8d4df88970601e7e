SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('pets') WHERE name NOT IN ('id', 'owner_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('pets') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("pets");
CREATE TABLE "_flaskmig_new_pets" (
    "id" INTEGER NOT NULL,
    "owner_id" VARCHAR(20),
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_pets" ("id", "owner_id") SELECT "id", "owner_id" FROM "pets";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_pets") <> (SELECT count(*) FROM "pets");
DROP TABLE "pets";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_pets" RENAME TO "pets";
PRAGMA legacy_alter_table = OFF;
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('owners') WHERE name NOT IN ('id', 'name') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('owners') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("owners");
CREATE TABLE "_flaskmig_new_owners" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(20),
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_owners" ("id", "name") SELECT "id", "name" FROM "owners";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_owners") <> (SELECT count(*) FROM "owners");
SELECT CAST("id" AS TEXT) FROM "owners" EXCEPT SELECT CAST("id" AS TEXT) FROM "_flaskmig_new_owners";
SELECT 1 FROM "_flaskmig_new_owners" WHERE typeof("id") NOT IN ('integer', 'null') LIMIT 1;
DROP TABLE "owners";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_owners" RENAME TO "owners";
PRAGMA legacy_alter_table = OFF;
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('pets') WHERE name NOT IN ('id', 'owner_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('pets') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("pets");
CREATE TABLE "_flaskmig_new_pets" (
    "id" INTEGER NOT NULL,
    "owner_id" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("owner_id") REFERENCES "owners" ("id")
);
INSERT INTO "_flaskmig_new_pets" ("id", "owner_id") SELECT "id", "owner_id" FROM "pets";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_pets") <> (SELECT count(*) FROM "pets");
SELECT 1 FROM "pets" AS o JOIN "_flaskmig_new_pets" AS n ON n.rowid = o.rowid WHERE CASE WHEN typeof(o."owner_id") IN ('integer', 'real') THEN CAST(n."owner_id" AS NUMERIC) IS NOT o."owner_id" ELSE CAST(n."owner_id" AS TEXT) IS NOT CAST(o."owner_id" AS TEXT) END LIMIT 1;
SELECT 1 FROM "_flaskmig_new_pets" WHERE typeof("owner_id") NOT IN ('integer', 'null') LIMIT 1;
DROP TABLE "pets";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_pets" RENAME TO "pets";
PRAGMA legacy_alter_table = OFF;
