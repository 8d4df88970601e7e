ALTER TABLE "items" ALTER COLUMN "value" TYPE numeric;
