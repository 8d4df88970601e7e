ALTER TABLE "items"
    ADD COLUMN "note" character varying(20),
    ADD COLUMN "kind" character varying(20);
CREATE UNIQUE INDEX "ix_items_note" ON "items" ("note");
CREATE INDEX "by_kind" ON "items" ("kind", "name");
