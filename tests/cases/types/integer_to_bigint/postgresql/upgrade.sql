ALTER TABLE "items" ALTER COLUMN "value" TYPE bigint;
