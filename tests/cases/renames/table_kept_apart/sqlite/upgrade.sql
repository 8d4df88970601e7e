CREATE TABLE "note" (
    "id" INTEGER NOT NULL,
    "body" TEXT,
    "pinned" BOOLEAN,
    PRIMARY KEY ("id")
);
SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "notes";
