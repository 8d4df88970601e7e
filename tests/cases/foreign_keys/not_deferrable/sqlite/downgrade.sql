SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('pets') WHERE name NOT IN ('id', 'owner') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('pets') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("pets");
CREATE TABLE "_flaskmig_new_pets" (
    "id" INTEGER NOT NULL,
    "owner" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "fk_owner" FOREIGN KEY ("owner") REFERENCES "owners" ("id") DEFERRABLE
);
INSERT INTO "_flaskmig_new_pets" ("id", "owner") SELECT "id", "owner" FROM "pets";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_pets") <> (SELECT count(*) FROM "pets");
DROP TABLE "pets";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_pets" RENAME TO "pets";
PRAGMA legacy_alter_table = OFF;
