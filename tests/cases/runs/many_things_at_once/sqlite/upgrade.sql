CREATE TABLE "vets" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(20),
    "mood" VARCHAR(4),
    PRIMARY KEY ("id")
);
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('owners') WHERE name NOT IN ('id', 'name', 'old') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('owners') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("owners");
CREATE TABLE "_flaskmig_new_owners" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    PRIMARY KEY ("id"),
    CONSTRAINT "uq_name" UNIQUE ("name")
);
INSERT INTO "_flaskmig_new_owners" ("id", "name") SELECT "id", "name" FROM "owners";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_owners") <> (SELECT count(*) FROM "owners");
DROP TABLE "owners";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_owners" RENAME TO "owners";
PRAGMA legacy_alter_table = OFF;
DROP INDEX "ix_kind";
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('pets') WHERE name NOT IN ('id', 'owner_id', 'kind') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('pets') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ('ix_kind')) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("pets");
CREATE TABLE "_flaskmig_new_pets" (
    "id" INTEGER NOT NULL,
    "owner_id" INTEGER,
    "kind" VARCHAR(10),
    "mood" VARCHAR(4),
    "vet_id" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("owner_id") REFERENCES "owners" ("id") ON DELETE CASCADE,
    FOREIGN KEY ("vet_id") REFERENCES "vets" ("id")
);
INSERT INTO "_flaskmig_new_pets" ("id", "owner_id", "kind") SELECT "id", "owner_id", "kind" FROM "pets";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_pets") <> (SELECT count(*) FROM "pets");
DROP TABLE "pets";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_pets" RENAME TO "pets";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_kind" ON "pets" ("kind", "vet_id");
