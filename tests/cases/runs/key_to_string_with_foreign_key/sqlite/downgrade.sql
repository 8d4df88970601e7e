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
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "owners" WHERE typeof("id") = 'text' AND "id" = CAST("id" AS NUMERIC) AND CAST(CASE WHEN CAST("id" AS NUMERIC) = CAST(CAST("id" AS NUMERIC) AS INTEGER) AND CAST(CAST("id" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807) THEN CAST(CAST("id" AS NUMERIC) AS INTEGER) ELSE CAST("id" AS NUMERIC) END AS TEXT) <> "id" COLLATE BINARY) WHERE number > 0;
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "owners" WHERE typeof("id") = 'blob' OR typeof("id") = 'real' AND NOT ("id" = CAST("id" AS INTEGER) AND CAST("id" AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)) OR typeof("id") = 'text' AND ("id" <> CAST("id" AS NUMERIC) OR typeof(CAST("id" AS NUMERIC)) = 'real' AND NOT (CAST("id" AS NUMERIC) = CAST(CAST("id" AS NUMERIC) AS INTEGER) AND CAST(CAST("id" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)))) WHERE number > 0;
PRAGMA foreign_key_check("owners");
CREATE TABLE "_flaskmig_new_owners" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(20),
    PRIMARY KEY ("id")
);
INSERT INTO "_flaskmig_new_owners" ("id", "name") SELECT "id", "name" FROM "owners";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_owners") <> (SELECT count(*) FROM "owners");
DROP TABLE "owners";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_owners" RENAME TO "owners";
PRAGMA legacy_alter_table = OFF;
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('pets') WHERE name NOT IN ('id', 'owner_id') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('pets') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "pets" WHERE typeof("owner_id") = 'text' AND "owner_id" = CAST("owner_id" AS NUMERIC) AND CAST(CASE WHEN CAST("owner_id" AS NUMERIC) = CAST(CAST("owner_id" AS NUMERIC) AS INTEGER) AND CAST(CAST("owner_id" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807) THEN CAST(CAST("owner_id" AS NUMERIC) AS INTEGER) ELSE CAST("owner_id" AS NUMERIC) END AS TEXT) <> "owner_id" COLLATE BINARY) WHERE number > 0;
SELECT number || ' of them' FROM (SELECT count(*) AS number FROM "pets" WHERE typeof("owner_id") = 'blob' OR typeof("owner_id") = 'real' AND NOT ("owner_id" = CAST("owner_id" AS INTEGER) AND CAST("owner_id" AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)) OR typeof("owner_id") = 'text' AND ("owner_id" <> CAST("owner_id" AS NUMERIC) OR typeof(CAST("owner_id" AS NUMERIC)) = 'real' AND NOT (CAST("owner_id" AS NUMERIC) = CAST(CAST("owner_id" AS NUMERIC) AS INTEGER) AND CAST(CAST("owner_id" AS NUMERIC) AS INTEGER) NOT IN (-9223372036854775808, 9223372036854775807)))) WHERE number > 0;
PRAGMA foreign_key_check("pets");
CREATE TABLE "_flaskmig_new_pets" (
    "id" INTEGER NOT NULL,
    "owner_id" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("owner_id") REFERENCES "owners" ("id")
);
INSERT INTO "_flaskmig_new_pets" ("id", "owner_id") SELECT "id", "owner_id" FROM "pets";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_pets") <> (SELECT count(*) FROM "pets");
DROP TABLE "pets";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_pets" RENAME TO "pets";
PRAGMA legacy_alter_table = OFF;
