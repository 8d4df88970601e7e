ALTER TABLE "items" ALTER COLUMN "size" TYPE numeric(12,4);
