ALTER TABLE "boxes" DROP CONSTRAINT "k";
DROP INDEX "ix_area";
ALTER TABLE "boxes" DROP COLUMN "area";
ALTER TABLE "boxes" ADD COLUMN "area" integer GENERATED ALWAYS AS (width * 3) STORED;
ALTER TABLE "boxes" ADD CONSTRAINT "k" CHECK ((area < 1000));
CREATE INDEX "ix_area" ON "boxes" ("area");
