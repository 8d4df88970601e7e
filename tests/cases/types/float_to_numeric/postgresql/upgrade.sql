ALTER TABLE "items" ALTER COLUMN "value" TYPE numeric(12,4);
