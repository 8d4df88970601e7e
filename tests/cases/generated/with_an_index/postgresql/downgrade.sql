DROP INDEX "ix_area";
ALTER TABLE "boxes" DROP CONSTRAINT "k";
ALTER TABLE "boxes" DROP COLUMN "area";
ALTER TABLE "boxes" ADD COLUMN "area" integer GENERATED ALWAYS AS ((width * 2)) STORED;
CREATE INDEX "ix_area" ON "boxes" ("area");
ALTER TABLE "boxes" ADD CONSTRAINT "k" CHECK ((area < 1000));
