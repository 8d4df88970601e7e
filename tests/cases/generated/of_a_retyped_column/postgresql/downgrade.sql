ALTER TABLE "boxes" DROP COLUMN "area";
ALTER TABLE "boxes"
    ALTER COLUMN "width" TYPE integer,
    ADD COLUMN "area" integer GENERATED ALWAYS AS ((width * 2)) STORED;
