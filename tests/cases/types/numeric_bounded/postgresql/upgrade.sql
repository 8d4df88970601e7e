ALTER TABLE "items" ALTER COLUMN "value" TYPE numeric(6,1);
