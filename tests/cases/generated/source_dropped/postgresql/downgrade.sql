ALTER TABLE "boxes"
    ADD COLUMN "width" integer,
    ADD COLUMN "area" integer GENERATED ALWAYS AS ((width * 2)) STORED;
