ALTER TABLE "items" ALTER COLUMN "size" TYPE numeric(10,2);
