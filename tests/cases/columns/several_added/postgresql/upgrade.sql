ALTER TABLE "items"
    ADD COLUMN "a" integer,
    ADD COLUMN "b" character varying(10),
    ADD COLUMN "c" integer;
ALTER TABLE "items" ADD UNIQUE ("b");
CREATE INDEX "ix_items_c" ON "items" ("c");
