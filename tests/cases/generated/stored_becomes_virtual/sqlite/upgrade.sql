PRAGMA foreign_key_check("boxes");
ALTER TABLE "boxes" DROP COLUMN "area";
ALTER TABLE "boxes" ADD COLUMN "area" INTEGER GENERATED ALWAYS AS (width * 2) VIRTUAL;
