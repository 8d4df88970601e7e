ALTER TABLE "items" ADD COLUMN "note" VARCHAR(20);
ALTER TABLE "items" ADD COLUMN "kind" VARCHAR(20);
CREATE INDEX "by_kind" ON "items" ("kind", "name");
CREATE UNIQUE INDEX "ix_items_note" ON "items" ("note");
