ALTER TABLE "boxes" ALTER COLUMN "area" TYPE bigint;
