ALTER TABLE "items" ALTER COLUMN "value" TYPE bit(3);
