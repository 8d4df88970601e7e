SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('owners') WHERE name NOT IN ('id', 'name') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('owners') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("owners");
CREATE TABLE "_flaskmig_new_owners" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(20),
    PRIMARY KEY ("id"),
    CONSTRAINT "uq_name" UNIQUE ("name")
);
INSERT INTO "_flaskmig_new_owners" ("id", "name") SELECT "id", "name" FROM "owners";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_owners") <> (SELECT count(*) FROM "owners");
DROP TABLE "owners";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_owners" RENAME TO "owners";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "pets" ADD COLUMN "owner_name" VARCHAR(20) CONSTRAINT "fk_name" REFERENCES "owners" ("name");
